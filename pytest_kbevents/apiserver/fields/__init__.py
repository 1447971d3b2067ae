"""Who owns which field of an object: field sets, managedFields, and server-side apply on top of them.

May live here: field sets in the form that ``fieldsV1`` has on the wire, walks that make them of values and a
``Schema``, the bookkeeping of managedFields for every kind of write, merging an applied configuration. May not: the
store, requests, rules of single kinds. Behaviour is that of structured-merge-diff and apiserver's field manager.
Values are plain dicts and lists, as JSON decoders make them.
"""
