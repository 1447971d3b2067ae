"""What a CustomResourceDefinition must be, in the words of the real server.

May live here: rules about a definition's spec and the schemas in it. May not: how definitions change and are accepted
(``kinds/definition.py``, ``controllers/``), rules about custom resources (``checks/``, ``cel/``).
"""
