"""The one place that assembles a world: a cluster's site, its objects, a controller, agents, a history, and what drives
them.

May live here: worlds, the two drivers (simulated and threaded), and the objects a world begins with. May not: what a
scenario says, and judgements.
"""
