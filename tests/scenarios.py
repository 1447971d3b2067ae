"""How a scenario begins that a test writes the rest of."""

HEAD = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: mine}
spec:
  description: d
  cluster:
    component: mysql
    replicas: 2
    roles: [{name: primary, exclusive: true}, {name: secondary}]
    services: [{name: rw, role: primary}]
"""

LANDS_LATE = "versions-cross"
"""A write whose sender has given it up is carried out all the same: two have the role then, whoever controls it."""
