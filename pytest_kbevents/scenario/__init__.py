"""The scenario language: a file becomes checked steps, the steps are carried out in a world, and the history is judged.

May live here: the schema, loading and its error messages, templates, one file per operation and per subject, the runner
and its report. May not: pytest, and anything that knows in which kind of world it runs.
"""
