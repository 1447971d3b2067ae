"""Bytes between Pods: the streaming port, and the networks that lie between."""
