"""The rows of every kind but Pods, one way each that its cells can be; as a real server shows these objects."""

import pytest

TEMPLATE = {
    "spec": {
        "nodeSelector": {"z": "1", "b": "2"},
        "containers": [{"name": "a", "image": "x"}, {"name": "b", "image": "y"}],
    }
}
SELECTOR = {
    "matchLabels": {"a": "b"},
    "matchExpressions": [
        {"key": "zz", "operator": "DoesNotExist"},
        {"key": "b", "operator": "NotIn", "values": ["q", "c"]},
        {"key": "a", "operator": "In", "values": ["b", "a"]},
        {"key": "e", "operator": "Exists"},
    ],
}
SELECTED = "a=b,a in (a,b),b notin (c,q),e,!zz"
PORTS = [{"port": 80, "protocol": "TCP", "nodePort": 30000}, {"port": 53, "protocol": "UDP"}]
OLD, AGE = "2025-12-30T12:00:00Z", "60m"

ROWS = {
    "config map": ("configmaps", {"data": {"a": ""}, "binaryData": {"b": ""}}, [2, AGE]),
    "secret": ("secrets", {"type": "Opaque", "data": {"a": ""}}, ["Opaque", 1, AGE]),
    "quota": (
        "resourcequotas",
        {"status": {"hard": {"limits.cpu": "2", "pods": "50"}, "used": {"pods": "1"}}},
        ["pods: 1/50", "limits.cpu: 0/2", AGE],
    ),
    "namespace": ("namespaces", {"status": {"phase": "Active"}}, ["Active", AGE]),
    "lease": ("leases.coordination.k8s.io", {"spec": {"holderIdentity": "me"}}, ["me", AGE]),
    "service account": ("serviceaccounts", {}, [AGE]),
    "cluster service": (
        "services",
        {
            "spec": {
                "type": "ClusterIP",
                "clusterIPs": ["10.0.0.1"],
                "ports": PORTS[1:],
                "selector": {"b": "c", "a": "b"},
            }
        },
        ["ClusterIP", "10.0.0.1", "<none>", "53/UDP", AGE, "a=b,b=c"],
    ),
    "headless service": (
        "services",
        {"spec": {"type": "ClusterIP", "clusterIPs": ["None"]}},
        ["ClusterIP", "None", "<none>", "<none>", AGE, "<none>"],
    ),
    "node port service": (
        "services",
        {
            "spec": {
                "type": "NodePort",
                "clusterIPs": ["10.0.0.1"],
                "ports": PORTS,
                "externalIPs": ["9.9.9.9", "8.8.4.4"],
            }
        },
        ["NodePort", "10.0.0.1", "9.9.9.9,8.8.4.4", "80:30000/TCP,53/UDP", AGE, "<none>"],
    ),
    "pending load balancer": (
        "services",
        {"spec": {"type": "LoadBalancer"}},
        ["LoadBalancer", "<none>", "<pending>", "<none>", AGE, "<none>"],
    ),
    "load balancer": (
        "services",
        {
            "spec": {"type": "LoadBalancer", "externalIPs": ["9.9.9.9"]},
            "status": {"loadBalancer": {"ingress": [{"hostname": "host"}, {"ip": "4.4.4.4"}]}},
        },
        ["LoadBalancer", "<none>", "4.4.4.4,host,9.9.9.9", "<none>", AGE, "<none>"],
    ),
    "external name": (
        "services",
        {"spec": {"type": "ExternalName", "externalName": "a.b"}},
        ["ExternalName", "<none>", "a.b", "<none>", AGE, "<none>"],
    ),
    "no endpoints": ("endpoints", {}, ["<none>", AGE]),
    "endpoints": (
        "endpoints",
        {"subsets": [{"addresses": [{"ip": "1.1.1.1"}, {"ip": "::5"}], "ports": [{"port": 80}, {"port": 90}]}]},
        ["1.1.1.1:80,[::5]:80,1.1.1.1:90 + 1 more...", AGE],
    ),
    "endpoints without ports": ("endpoints", {"subsets": [{"addresses": [{"ip": "1.1.1.1"}]}]}, ["1.1.1.1", AGE]),
    "endpoint slice": (
        "endpointslices.discovery.k8s.io",
        {"addressType": "IPv4", "ports": [{"name": "x"}, {"port": 1}, {}], "endpoints": [{"addresses": ["1.1.1.1"]}]},
        ["IPv4", "x,1,*", "1.1.1.1", AGE],
    ),
    "empty endpoint slice": (
        "endpointslices.discovery.k8s.io",
        {"addressType": "IPv4", "ports": None, "endpoints": None},
        ["IPv4", "<unset>", "<unset>", AGE],
    ),
    "deployment": (
        "deployments.apps",
        {
            "spec": {"replicas": 3, "selector": SELECTOR, "template": TEMPLATE},
            "status": {"readyReplicas": 2, "updatedReplicas": 1, "availableReplicas": 1},
        },
        ["2/3", 1, 1, AGE, "a,b", "x,y", SELECTED],
    ),
    "stateful set": ("statefulsets.apps", {"spec": {"replicas": 3, "template": TEMPLATE}}, ["0/3", AGE, "a,b", "x,y"]),
    "replica set": (
        "replicasets.apps",
        {
            "spec": {"replicas": 3, "selector": SELECTOR, "template": TEMPLATE},
            "status": {"replicas": 2, "readyReplicas": 1},
        },
        [3, 2, 1, AGE, "a,b", "x,y", SELECTED],
    ),
    "replication controller": (
        "replicationcontrollers",
        {"spec": {"replicas": 3, "selector": {"a": "b"}, "template": TEMPLATE}},
        [3, 0, 0, AGE, "a,b", "x,y", "a=b"],
    ),
    "daemon set": (
        "daemonsets.apps",
        {
            "spec": {"selector": SELECTOR, "template": TEMPLATE},
            "status": {"desiredNumberScheduled": 4, "numberReady": 2},
        },
        [4, 0, 2, 0, 0, "b=2,z=1", AGE, "a,b", "x,y", SELECTED],
    ),
    "controller revision": (
        "controllerrevisions.apps",
        {
            "metadata": {
                "ownerReferences": [{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "w", "controller": True}]
            },
            "revision": 3,
        },
        ["statefulset.apps/w", 3, AGE],
    ),
    "controller revision of nobody": ("controllerrevisions.apps", {"revision": 3}, ["<none>", 3, AGE]),
    "pod template": (
        "podtemplates",
        {"template": {"metadata": {"labels": {"a": "b"}}, **TEMPLATE}},
        ["a,b", "x,y", "a=b"],
    ),
    "running job": (
        "jobs.batch",
        {
            "spec": {"completions": 5, "template": TEMPLATE},
            "status": {"startTime": "2026-01-01T11:57:00Z", "succeeded": 2},
        },
        ["Running", "2/5", "3m", AGE, "a,b", "x,y", "<none>"],
    ),
    "complete job": (
        "jobs.batch",
        {
            "spec": {"parallelism": 3},
            "status": {
                "startTime": OLD,
                "completionTime": "2025-12-30T12:00:30Z",
                "conditions": [
                    {"type": "SuccessCriteriaMet", "status": "True"},
                    {"type": "Complete", "status": "True"},
                ],
            },
        },
        ["Complete", "0/1 of 3", "30s", AGE, "", "", "<none>"],
    ),
    "ending job": (
        "jobs.batch",
        {
            "metadata": {"deletionTimestamp": OLD},
            "spec": {},
            "status": {"conditions": [{"type": "Suspended", "status": "True"}]},
        },
        ["Terminating", "0/1", "", AGE, "", "", "<none>"],
    ),
    "cron job": (
        "cronjobs.batch",
        {
            "spec": {
                "schedule": "* * * * *",
                "timeZone": "UTC",
                "suspend": True,
                "jobTemplate": {"spec": {"template": TEMPLATE}},
            },
            "status": {"lastScheduleTime": OLD, "active": [{}]},
        },
        ["* * * * *", "UTC", "True", 1, "2d", AGE, "a,b", "x,y", "<none>"],
    ),
    "ready node": (
        "nodes",
        {
            "metadata": {"labels": {"node-role.kubernetes.io/worker": "", "kubernetes.io/role": "boss"}},
            "spec": {"unschedulable": True},
            "status": {
                "conditions": [{"type": "Ready", "status": "True"}],
                "addresses": [{"type": "InternalIP", "address": "1.1.1.1"}],
                "nodeInfo": {
                    "kubeletVersion": "v1",
                    "osImage": "Debian",
                    "kernelVersion": "6",
                    "architecture": "amd64",
                },
            },
        },
        ["Ready,SchedulingDisabled", "boss,worker", AGE, "v1", "1.1.1.1", "<none>", "Debian", "6 (amd64)", "<unknown>"],
    ),
    "node of which nothing is known": (
        "nodes",
        {},
        ["Unknown", "<none>", AGE, "", "<none>", "<none>", "<unknown>", "<unknown>", "<unknown>"],
    ),
    "volume": (
        "persistentvolumes",
        {
            "spec": {
                "capacity": {"storage": "1Gi"},
                "accessModes": ["ReadWriteMany", "ReadWriteOnce"],
                "persistentVolumeReclaimPolicy": "Retain",
                "claimRef": {"namespace": "n", "name": "m"},
                "storageClassName": "sc",
            },
            "status": {"phase": "Bound"},
        },
        ["1Gi", "RWO,RWX", "Retain", "Bound", "n/m", "sc", "<unset>", "", AGE, "<unset>"],
    ),
    "pending claim": (
        "persistentvolumeclaims",
        {"spec": {"accessModes": ["ReadWriteOnce"], "volumeMode": "Filesystem"}, "status": {"phase": "Pending"}},
        ["Pending", "", "", "", "", "<unset>", AGE, "Filesystem"],
    ),
    "bound claim that ends": (
        "persistentvolumeclaims",
        {
            "metadata": {"deletionTimestamp": OLD},
            "spec": {"volumeName": "v"},
            "status": {"phase": "Bound", "accessModes": ["ReadWriteOncePod"], "capacity": {"storage": "2Gi"}},
        },
        ["Terminating", "v", "2Gi", "RWOP", "", "<unset>", AGE, "<unset>"],
    ),
    "event": (
        "events",
        {
            "involvedObject": {"kind": "Pod", "name": "p", "fieldPath": "spec"},
            "firstTimestamp": OLD,
            "lastTimestamp": "2026-01-01T11:59:00Z",
            "count": 4,
            "message": " hi\n",
            "reason": "R",
            "type": "Normal",
            "source": {"component": "kubelet", "host": "n1"},
        },
        ["60s", "Normal", "R", "pod/p", "spec", "kubelet, n1", "hi", "2d", 4, "n"],
    ),
    "event of the new API": (
        "events",
        {
            "involvedObject": {"kind": "Pod"},
            "eventTime": "2026-01-01T11:58:00.000000Z",
            "series": {"count": 7, "lastObservedTime": "2026-01-01T11:59:30.000000Z"},
            "reportingComponent": "rc",
            "reportingInstance": "ri",
        },
        ["30s", "", "", "pod", "", "rc, ri", "", "2m", 7, "n"],
    ),
    "event without a time": ("events", {}, ["<unknown>", "", "", "", "", "", "", "<unknown>", 1, "n"]),
    "role binding": (
        "rolebindings.rbac.authorization.k8s.io",
        {
            "roleRef": {"kind": "Role", "name": "x"},
            "subjects": [
                {"kind": "User", "name": "u1"},
                {"kind": "User", "name": "u2"},
                {"kind": "Group", "name": "g"},
                {"kind": "ServiceAccount", "name": "s", "namespace": "n"},
            ],
        },
        ["Role/x", AGE, "u1, u2", "g", "n/s"],
    ),
    "definition": (
        "customresourcedefinitions.apiextensions.k8s.io",
        {
            "spec": {
                "group": "a.b",
                "scope": "Namespaced",
                "names": {"kind": "W", "shortNames": ["w", "ww"]},
                "versions": [
                    {"name": "v2", "served": True, "storage": True},
                    {"name": "v1", "served": True, "storage": False},
                    {"name": "v0", "served": False, "storage": False},
                ],
            },
            "status": {"conditions": [{"type": "Established", "status": "True"}]},
        },
        ["Namespaced", "v1,v2(storage)", "2026-01-01T11:00:00Z", "a.b", "W", "w,ww", True],
    ),
}


@pytest.mark.parametrize(("resource", "fields", "cells"), ROWS.values(), ids=ROWS)
def test_a_row_says_what_a_real_server_says(row, resource, fields, cells):
    found = row(resource, **fields)
    assert found == (cells if resource == "events" else ["n", *cells])


def test_every_kind_that_can_be_listed_has_columns(server):
    from pytest_kbevents.apiserver.views import columns

    listed = [served for served in server.registry.all() if "list" in served.verbs]
    assert [served.resource.qualified for served in listed if not columns.of(served)[0]] == []


def test_every_kind_has_as_many_cells_as_columns(server):
    from pytest_kbevents.apiserver.views import columns

    listed = [columns.of(served) for served in server.registry.all() if "list" in served.verbs]
    assert all(len(heads) == len(cells({"metadata": {}}, 0)) for heads, cells in listed)
