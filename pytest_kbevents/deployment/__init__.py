"""What runs in a cluster's own Pods: the objects of a deployment, as plain manifests, and the image they run from.

May live here: functions from a few values to manifests, the rules of their accounts, and what builds the image. May
not: anything that talks to a cluster; who applies a manifest decides when and where.
"""
