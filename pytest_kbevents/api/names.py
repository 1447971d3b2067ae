"""Labels, annotations and fixed words of KubeBlocks (the facts: bugs.md section 3)."""

from __future__ import annotations

ROLE_LABEL = "kubeblocks.io/role"
ACCESS_MODE_LABEL = "workloads.kubeblocks.io/access-mode"
"""0.9 line: what the role may do with the data, beside the role."""

MANAGED_BY_LABEL = "app.kubernetes.io/managed-by"
MANAGED_BY_KUBEBLOCKS = "kubeblocks"
WORKLOAD_MANAGED_BY_LABEL = "workloads.kubeblocks.io/managed-by"
WORKLOAD_MANAGED_BY_INSTANCE_SET = "InstanceSet"
INSTANCE_SET_LABEL = "workloads.kubeblocks.io/instance"
INSTANCE_LABEL = "apps.kubeblocks.io/instance-name"
CLUSTER_LABEL = "app.kubernetes.io/instance"
COMPONENT_LABEL = "apps.kubeblocks.io/component-name"
WORKLOADS_GROUP = "workloads.kubeblocks.io"

ROLE_TIME_ANNOTATION = "apps.kubeblocks.io/last-role-snapshot-version"
"""On a Pod: eventTime, in microseconds, of the newest claim that moved its role."""
ROLE_EPOCH_ANNOTATION = "apps.kubeblocks.io/last-role-authoritative-version"
"""On a Pod: the newest version that the database itself gave with a role."""

HANDLED_ANNOTATION = "kubeblocks.io/event-handled"
"""On an Event: the count up to which it has been handled."""
ROLE_HANDLED_ANNOTATION = "role.kubeblocks.io/event-handled"
"""On an Event, 1.0 line: ``count-<count>`` up to which the role handler has handled it."""

TASK_ENV = "KB_AGENT_TASK"
"""In the data of a component's environment ConfigMap: the tasks of its agents."""
REPLICAS_STATUS_ANNOTATION = "apps.kubeblocks.io/replicas-status"
"""On an InstanceSet: how far each of its replicas has been made."""

AGENT = "kbagent"
AGENT_FIELD_PATH = "spec.containers{kbagent}"
ROLE_PROBE = "roleProbe"
AVAILABLE_PROBE = "availableProbe"
TASK = "task"
NEW_REPLICA = "newReplica"
DATA_DUMP, DATA_LOAD = "dataDump", "dataLoad"
MEMBER_JOIN = "memberJoin"
AVAILABLE_CONDITION = "Available"
"""Of a Component, and the reason of it when it is so."""
TARGET_POD_PARAMETER = "KB_TARGET_POD_NAME"
STREAMING_PORT_NAME = "streaming"
HTTP_PORT, STREAMING_PORT = 3501, 3502
WORKER = "kbagent-worker"
"""The init container that does a new replica's tasks."""
ROLE_FILE_FOLDER, ROLE_FILE = "/etc/kubeblocks/pod-metadata", "role"
"""Where the kubelet writes the Pod's role label down."""
LEGACY_ROLE_REASON = "checkRole"
LORRY = "lorry"
LORRY_FIELD_PATH = "spec.containers{lorry}"
LEGACY_FIELD_PATHS = frozenset({LORRY_FIELD_PATH, "spec.containers{kb-checkrole}", "spec.containers{kb-role-probe}"})


def env_config_map(instance_set: str) -> str:
    """The ConfigMap that an InstanceSet's agents have their environment from."""
    return f"{instance_set}-env"


OWNER = "pytest-kbevents"
"""What the label ``app.kubernetes.io/managed-by`` says of objects that we deploy; never of those that KubeBlocks would
make."""
NAME_LABEL = "app.kubernetes.io/name"
OWNER_ANNOTATION, VERSION_ANNOTATION = "pytest-kbevents/owner", "pytest-kbevents/version"
"""On a CustomResourceDefinition that we installed: that it is ours, and of which version of us."""
CONTROLLER_ACCOUNT, AGENT_ACCOUNT = "kbevents-controller", "kbevents-agent"
"""ServiceAccounts, and what belongs to them."""
LEASE = "kbevents-event-controller"
"""Which of several controllers works."""
HEALTH_PORT, HEALTH_PORT_NAME = 8081, "health"
"""Of a controller in a Pod."""
