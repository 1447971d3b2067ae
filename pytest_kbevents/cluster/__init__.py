"""Where a world runs: one file per backend behind one protocol, and the CRDs that every backend needs.

May live here: bringing a cluster up, saying how it is reached and what time it is there, taking it down. May not: what
runs in the cluster - the controller, the agents, the objects of a scenario.
"""
