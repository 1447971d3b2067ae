"""The fake kb-agent: a port of kbagent's behaviour, one agent a Pod, scripted where the database would answer.

May live here: what the container ``kbagent`` and its worker do, configured by their environment; the database that they
stand beside; and the kubelet that starts them where there is none. May not: anything of the controller. An agent talks
to the API server about Events, nothing else.
"""
