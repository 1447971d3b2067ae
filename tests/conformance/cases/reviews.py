"""Reviews of authentication and authorization"""

from conformance.bodies import at, binding, role, rule, service_account

AUTHORIZATION, AUTHENTICATION = "authorization.k8s.io/v1", "authentication.k8s.io/v1"


def _review(kind, **spec):
    return {"apiVersion": AUTHORIZATION, "kind": kind, "spec": spec}


def _attributes(api, **fields):
    return {"namespace": api.ns, "verb": "get", "resource": "configmaps", **fields}


def _reader(api):
    api.made("roles", role("reader", [rule("get list", "configmaps")]))
    api.made("rolebindings", binding("reader", ("User", "reader"), ("Role", "reader")))
    review = _review("SubjectAccessReview", user="reader", resourceAttributes=_attributes(api))
    api.until(lambda answer: answer.body["status"]["allowed"], "subjectaccessreviews", "POST", review)


def subject_allowed(api):
    """A SubjectAccessReview of who may."""
    _reader(api)
    api.post("subjectaccessreviews", _review("SubjectAccessReview", user="reader", resourceAttributes=_attributes(api)))


def subject_denied(api):
    """A SubjectAccessReview of who may not."""
    api.post(
        "subjectaccessreviews", _review("SubjectAccessReview", user="stranger", resourceAttributes=_attributes(api))
    )


def subject_of_group(api):
    """A SubjectAccessReview of a group."""
    review = _review("SubjectAccessReview", user="u", groups=["system:masters"], resourceAttributes=_attributes(api))
    api.post("subjectaccessreviews", review, show=at("status"))


def subject_of_path(api):
    """A SubjectAccessReview of a path."""
    path = {"path": "/openapi/v2", "verb": "get"}
    review = _review("SubjectAccessReview", user="u", groups=["system:authenticated"], nonResourceAttributes=path)
    api.post("subjectaccessreviews", review, show=at("status"))


def subject_missing(api):
    """A SubjectAccessReview of nobody."""
    api.post("subjectaccessreviews", _review("SubjectAccessReview", resourceAttributes=_attributes(api)))


def subject_of_nothing(api):
    """A SubjectAccessReview of nothing."""
    api.post("subjectaccessreviews", _review("SubjectAccessReview", user="u"))


def subject_of_both(api):
    """A SubjectAccessReview of a resource and a path."""
    path = {"path": "/healthz", "verb": "get"}
    review = _review("SubjectAccessReview", user="u", resourceAttributes=_attributes(api), nonResourceAttributes=path)
    api.post("subjectaccessreviews", review)


def local(api):
    """A LocalSubjectAccessReview."""
    review = _review("LocalSubjectAccessReview", user="stranger", resourceAttributes=_attributes(api))
    api.post("localsubjectaccessreviews", {**review, "metadata": {"namespace": api.ns}}, show=at("status"))


def local_of_other_namespace(api):
    """A LocalSubjectAccessReview is of its own namespace."""
    review = _review("LocalSubjectAccessReview", user="u", resourceAttributes=_attributes(api, namespace="other"))
    api.post("localsubjectaccessreviews", {**review, "metadata": {"namespace": api.ns}})


def self_allowed(api):
    """A SelfSubjectAccessReview, as kubectl auth can-i asks."""
    api.post("selfsubjectaccessreviews", _review("SelfSubjectAccessReview", resourceAttributes=_attributes(api)))


def self_denied(api):
    """A SelfSubjectAccessReview of who is impersonated."""
    review = _review("SelfSubjectAccessReview", resourceAttributes=_attributes(api))
    headers = {"impersonate-user": "stranger", "impersonate-group": "system:authenticated"}
    api.post("selfsubjectaccessreviews", review, headers=headers, show=at("status"))


def self_without_groups(api):
    """Who is impersonated is authenticated, and may ask."""
    review = _review("SelfSubjectAccessReview", resourceAttributes=_attributes(api))
    api.post("selfsubjectaccessreviews", review, headers={"impersonate-user": "stranger"})


def self_rules(api):
    """A SelfSubjectRulesReview lists what one may."""
    _reader(api)
    review = _review("SelfSubjectRulesReview", namespace=api.ns)
    headers = {"impersonate-user": "reader", "impersonate-group": "system:authenticated"}
    api.post("selfsubjectrulesreviews", review, headers=headers, show=_rules)


def _rules(body):
    status = body["status"]
    return {
        "incomplete": status["incomplete"],
        "configmaps": [r for r in status["resourceRules"] if r.get("resources") == ["configmaps"]],
    }


def self_rules_without_namespace(api):
    """A SelfSubjectRulesReview needs a namespace."""
    api.post("selfsubjectrulesreviews", _review("SelfSubjectRulesReview"))


def whoami(api):
    """A SelfSubjectReview of who is impersonated."""
    headers = {"impersonate-user": "me", "impersonate-group": "system:authenticated"}
    api.post("selfsubjectreviews", {"apiVersion": AUTHENTICATION, "kind": "SelfSubjectReview"}, headers=headers)


def token(api):
    """A TokenReview of a ServiceAccount's token."""
    api.made("serviceaccounts", service_account("robot"))
    request = {"apiVersion": AUTHENTICATION, "kind": "TokenRequest", "spec": {}}
    text = api.made("serviceaccounts/robot/token", request)["status"]["token"]
    review = {"apiVersion": AUTHENTICATION, "kind": "TokenReview", "spec": {"token": text}}
    api.post("tokenreviews", review, show=_user)


def _user(body):
    user = body["status"]["user"]
    return {"authenticated": body["status"]["authenticated"], "username": user["username"], "groups": user["groups"]}


def token_wrong(api):
    """A TokenReview of a wrong token."""
    review = {"apiVersion": AUTHENTICATION, "kind": "TokenReview", "spec": {"token": "wrong"}}
    api.post("tokenreviews", review, show=at("status"))


def token_missing(api):
    """A TokenReview of nothing."""
    api.post("tokenreviews", {"apiVersion": AUTHENTICATION, "kind": "TokenReview", "spec": {}})


def only_create(api):
    """Reviews can only be created."""
    api.get("subjectaccessreviews")
    api.delete("subjectaccessreviews/one")
