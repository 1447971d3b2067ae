"""A kind cluster of our own: made through pytest-kind, shared by the processes of a session, gone when nobody uses it.

May live here: finding kind, making and deleting one cluster, and knowing whose it is. May not: what is done in it.
"""
