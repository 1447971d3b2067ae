"""Who asks, and whether they may: tokens, impersonation, RBAC, and the reviews that tell.

May live here: users, authentication, evaluation of Roles and ClusterRoles, the review kinds. May not: verbs of objects.
"""
