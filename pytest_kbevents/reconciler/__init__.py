"""The port of KubeBlocks' event controller: one reconciler of Events, one handler per kind of Event.

May live here: reading an Event's message, deciding, writing, and the table of releases (``releases.py``): what a
release does differs only by that table. May not: the agent's way to write a message, and any knowledge of tests.
"""
