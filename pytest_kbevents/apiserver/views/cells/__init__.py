"""The cells of the built-in kinds' Tables: one small file a family, each a function of the object and the time.

May live here: what a kind's row says, as the real server says it. May not: the columns (``columns.json``), custom
resources (``printing``), who asks for a Table.
"""
