"""The one door to a cluster: what controllers, agents and the harness call.

May live here: the verbs over a transport, transports, watches, interceptors, kubeconfigs. May not: anything that knows
which server answers (the embedded server is handed in as a transport), and any decision about objects.
"""
