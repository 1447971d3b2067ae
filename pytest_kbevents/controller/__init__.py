"""A small controller runtime in controller-runtime's words: informers, caches, a work queue, workers, a recorder.

May live here: what any controller needs, whatever it reconciles. May not: Events' meaning, KubeBlocks, and threads or
sleeps of its own - everything is advanced one step at a time by whoever drives it, and says itself when it is due.
"""
