"""What a kubelet does for Pods that have no machine: containers start, stop and start again, with their environment."""
