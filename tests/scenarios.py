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
