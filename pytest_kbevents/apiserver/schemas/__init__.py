"""What each kind's objects look like, as data: read from the OpenAPI documents that a real kube-apiserver published, or
from a CustomResourceDefinition, and walked to decode, default, prune, validate, merge and own fields.

May live here: ``Schema`` and what turns a document into one, walks that need nothing but a schema and a value. May not:
rules of single kinds, requests, the store.
"""
