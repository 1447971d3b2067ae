"""What a controller, an agent, kubectl or a client library can see of an API server, a module a topic."""
