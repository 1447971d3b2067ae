"""From an outcome to an Event in the cluster: its bytes, its name, its fields, and the attempts to write it."""
