"""How a verdict is told: in a terminal, to programs, as a page.

May live here: one file a form, and what is inlined into a page. May not: anything that judges, runs or reads a cluster,
and pytest.
"""
