"""Who runs a world's controller: this process, a command beside it, the cluster itself, or nobody that we know."""
