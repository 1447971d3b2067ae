"""What type an expression is of, before it is ever evaluated: the library has no such check, the real server has.

May live here: expressions as trees, types, which functions fit which types. May not: values, evaluation (the library),
what becomes of an error (``checker.py``).
"""
