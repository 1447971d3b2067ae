"""Actions over HTTP: what is answered, and the server that a process listens with."""
