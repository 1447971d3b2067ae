"""The fake kb-agent: a port of kbagent's behaviour, one agent a Pod, scripted where the database would answer.

May live here: probes, thresholds, the report loop, how an Event is named, written and sent, and the fleet that starts
an agent for each Pod. May not: anything of the controller. An agent talks to the API server about Events, nothing else.
"""
