"""Custom resources: what a CustomResourceDefinition makes of the objects that it defines.

May live here: rules read out of a definition - fields, generations, validation against its schema, CEL rules - and what
a definition's own status becomes. May not: anything about a kind that is built in.
"""
