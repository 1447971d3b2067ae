"""pytest-kbevents: the executable contract of KubeBlocks' event pipeline.

The rooms, each with its rule of admission in its own docstring: api (nouns), client, apiserver, controller, reconciler,
agent, deployment, cluster, history, environment, faults, scenario, plugin, cli. Importing this package loads none.
"""

__version__ = "0.1.0"
