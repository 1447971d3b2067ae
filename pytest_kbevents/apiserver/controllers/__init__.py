"""What stands behind an API server in a cluster and answers to nobody: the controllers whose work clients take for the
server's.

May live here: establishing of CustomResourceDefinitions (part of a real kube-apiserver), garbage collection and
namespace clean-up (a kube-controller-manager's, only where such a cluster is imitated). May not: Pods that run.
"""
