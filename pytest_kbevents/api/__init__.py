"""The nouns that the strangers at the wire share: kinds, requests and answers, labels, times, messages.

May live here: data, constants, and pure functions over Kubernetes objects that more than one side of the wire needs
because Kubernetes itself defines them. May not: I/O, clocks, locks, and anything that only one side knows - how the
agent writes a message stays in the agent, how the controller reads one in the reconciler, so that a mistake in one
cannot hide in the other.
"""
