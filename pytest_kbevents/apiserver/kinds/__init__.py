"""The rules of each built-in kind: what it defaults, what it sets itself, what it refuses.

May live here: one file a kind or a family of kinds, each a ``Rules``, and the table of them. May not: what holds for
every kind (``validation/``, ``verbs/``), the store, requests.

``default``, ``admit``, ``begin`` and ``change`` work on a fresh object that nobody else has seen yet, in place.
"""
