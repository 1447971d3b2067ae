"""Jinja2 that reaches nothing of Python and always ends, soon.

May live here: what a template may do, and how much of it. May not: which names a template knows, and where it stands.
Jinja2's own sandbox keeps templates away from Python's insides; how long they run and how much they write, it leaves
open.
"""
