"""Whether a custom resource is what its schema says, in the words of the real server.

A walker of its own, not a library of JSON Schema: a schema here is OpenAPI 3.0 with extensions (int-or-string,
nullable, lists of type set and map), and what breaks it is told in kube-openapi's words and order, on an update only
of what has changed. A library would have to be led to each of that, word by word.

May live here: checks of a value against a schema document. May not: CEL rules (``cel/``), definitions themselves.
"""
