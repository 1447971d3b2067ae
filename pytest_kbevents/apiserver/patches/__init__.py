"""Patches: what a client sends to change a part of an object, applied to JSON values.

May live here: one file per patch format, pure functions of an object and a patch, with the errors a kube-apiserver
words. May not: the store, requests, what happens to the result (decoding, defaults, validation, managedFields).
JSON merge patch is ``api.mergepatch``, because clients' caches use it too; server-side apply is ``fields``.
"""
