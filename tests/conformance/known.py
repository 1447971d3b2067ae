"""Where our server is known to differ from a real one, and why. What stands here must differ."""

BOTH = ("embedded", "local")
IN_PROCESS = ("embedded",)

YAML_PARSER = "Python's YAML parser says in other words than Go's what it cannot read"
NOT_SERVED = "the group or kind is not served: no Event-driven controller or agent asks for it"
NO_KUBELET = "subresources that only a kubelet carries out are not served"
GO_DUMP = "the real message goes on with a dump of Go's structs, or with a difference between two of them"
JSON_OR_YAML = "requests may come as protobuf; answers are JSON or YAML only, and who takes nothing else has a 406"


KNOWN = {
    "apply.not_yaml": (BOTH, YAML_PARSER),
    "content_types.protobuf": (BOTH, JSON_OR_YAML),
    "content_types.protobuf_custom": (BOTH, JSON_OR_YAML),
    "content_types.too_large": (
        IN_PROCESS,
        "in process a body is a value and has no length; its limit is `local`'s",
    ),
    "content_types.yaml_bad": (BOTH, YAML_PARSER),
    "content_types.yaml_twice": (
        BOTH,
        "a YAML key that is there twice is not warned of; the last one counts, as in the real server",
    ),
    "create.name_of_role": (
        BOTH,
        "the real server owns empty `rules` as a field for its manager, and stores null; ours has no rules to own",
    ),
    "defaults.disruption_budget": (BOTH, NOT_SERVED),
    "defaults.quota": (BOTH, "`010` is stored as `10`; the real server keeps some quantities as they were written"),
    "discovery.aggregated_core": (BOTH, NO_KUBELET),
    "discovery.core": (BOTH, NO_KUBELET),
    "discovery.openapi_v2": (BOTH, NOT_SERVED),
    "discovery.openapi_v3_core": (BOTH, NO_KUBELET),
    "merge_patch.kind_other": (
        BOTH,
        "the real server first reads the patched object as the kind that the patch calls it, and tells of that",
    ),
    "merge_patch.list_of_containers": (BOTH, GO_DUMP),
    "subresources.ephemeral_containers": (BOTH, NO_KUBELET),
    "subresources.resize": (BOTH, NO_KUBELET),
    "subresources.scale_apply": (
        BOTH,
        "the managed fields of an applied scale have a time in ours, and none in the real server",
    ),
    "update.job_template": (BOTH, GO_DUMP),
    "update.pod_command": (BOTH, GO_DUMP),
    "update.pod_node": (BOTH, GO_DUMP),
    "validation.disruption_budget": (BOTH, NOT_SERVED),
    "validation.priority_class_unknown": (BOTH, NOT_SERVED),
}
"""The case's id -> (the backends on which it differs, the reason as fidelity.md tells it)."""
