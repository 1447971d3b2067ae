"""What an agent is asked to do: actions, calls of them, and what comes of a call. Nothing here knows HTTP or probes."""
