"""Bodies in protobuf, which typed clients such as ``kubectl create`` send of the built-in kinds; answers are JSON.

May live here: reading the wire format by the numbers that Kubernetes published (``messages.json``). May not: writing
it, what an object may be.
"""
