"""The rules that objects must keep, in the real server's words, and how broken ones are told.

May live here: rules that hold for many kinds (names, labels, metadata, immutability) and the 422 that lists what is
broken. May not: rules of one kind (``kinds/``), the store.
"""
