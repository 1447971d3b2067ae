"""Who may do what: tokens, RBAC and impersonation"""

from conformance.bodies import at, binding, config_map, names, role, rule, service_account

WRONG = {"headers": {"authorization": "Bearer wrong"}}
NOBODY = {"headers": {"authorization": ""}}


def _as(user, *groups):
    headers = {"impersonate-user": user}
    return {"headers": headers | ({"impersonate-group": groups[0]} if groups else {})}


def _allowed(api, path, method="GET", body=None, **options):
    api.until(lambda answer: answer.status != 403, path, method, body, **options)


def wrong_token(api):
    """A wrong token is a 401."""
    api.get("configmaps", **WRONG)


def wrong_token_everywhere(api):
    """A wrong token is a 401 also where everybody may read."""
    api.get("/version", **WRONG, show=sorted)


def other_scheme(api):
    """A scheme that is not Bearer is nobody's."""
    api.get("configmaps", headers={"authorization": "Basic dTpw"})


def no_token(api):
    """Without a token one is anonymous, and may not read."""
    api.get("configmaps", **NOBODY)


def no_token_for_public(api):
    """Health and version may be read by anybody."""
    api.get("/readyz", **NOBODY)
    api.get("/version", **NOBODY, show=at("major"))
    api.get("/api", **NOBODY)


def forbidden(api):
    """A refusal names the user, the verb, the resource and the namespace."""
    stranger = _as("stranger")
    api.get("configmaps", **stranger)
    api.get("configmaps/one", **stranger)
    api.post("configmaps", config_map(), **stranger)
    api.put("configmaps/one", config_map(), **stranger)
    api.merge("configmaps/one", {}, **stranger)
    api.delete("configmaps/one", **stranger)
    api.delete("configmaps", **stranger)
    api.watch("configmaps", 1, **stranger)


def forbidden_cluster(api):
    """A refusal says when it is of the whole cluster."""
    stranger = _as("stranger")
    api.get("namespaces", **stranger)
    api.get("/api/v1/configmaps", **stranger)
    api.get("customresourcedefinitions/x", **stranger)


def forbidden_group(api):
    """A refusal names the group."""
    api.get("deployments/one", **_as("stranger"))


def forbidden_subresource(api):
    """A refusal names the subresource."""
    api.get("pods/one/log", **_as("stranger"))
    api.merge("deployments/one/status", {}, **_as("stranger"))


def forbidden_path(api):
    """Paths that are no resources are told as paths."""
    api.get("/metrics", **_as("stranger"))
    api.get("/nonsense", **_as("stranger"))


def forbidden_before_missing(api):
    """Who may not is not told what is there."""
    api.get(f"/api/v1/namespaces/{api.ns}-gone/configmaps/one", **_as("stranger"))


def forbidden_custom(api):
    """A refusal of a custom resource names its group."""
    api.crd()
    api.get("widgets/one", **_as("stranger"))


def role_allows(api):
    """A Role allows what it says and nothing else."""
    api.made("roles", role("reader", [rule("get list", "configmaps")]))
    api.made("rolebindings", binding("reader", ("User", "reader"), ("Role", "reader")))
    api.made("configmaps", config_map())
    _allowed(api, "configmaps", **_as("reader"))
    api.get("configmaps/one", **_as("reader"), show=at("data"))
    api.get("configmaps", **_as("reader"), show=names)
    api.delete("configmaps/one", **_as("reader"))
    api.get("secrets", **_as("reader"))
    api.get("/api/v1/namespaces/default/configmaps", **_as("reader"))


def role_of_names(api):
    """A rule may name objects."""
    api.made("roles", role("one", [rule("get update", "configmaps", resourceNames=["one"])]))
    api.made("rolebindings", binding("one", ("User", "user"), ("Role", "one")))
    api.made("configmaps", config_map())
    _allowed(api, "configmaps/one", **_as("user"))
    api.get("configmaps/one", **_as("user"), show=at("data"))
    api.get("configmaps/two", **_as("user"))
    api.get("configmaps", **_as("user"))


def role_of_everything(api):
    """Asterisks are everything."""
    api.made("roles", role("all", [rule("*", "*", "*")]))
    api.made("rolebindings", binding("all", ("User", "boss"), ("Role", "all")))
    _allowed(api, "configmaps", **_as("boss"))
    api.post("configmaps", config_map(), **_as("boss"), show=at("data"))
    api.get("deployments", **_as("boss"), show=names)
    api.get("namespaces", **_as("boss"))


def role_of_subresource(api):
    """A subresource is allowed by itself."""
    api.made("roles", role("status", [rule("patch", "deployments/status", "apps")]))
    api.made("rolebindings", binding("status", ("User", "user"), ("Role", "status")))
    api.until(
        lambda answer: answer.status == 404,
        "deployments/x/status",
        "PATCH",
        {},
        type_="application/merge-patch+json",
        **_as("user"),
    )
    api.merge("deployments/one/status", {}, **_as("user"))
    api.merge("deployments/one", {}, **_as("user"))


def role_of_verbs(api):
    """patch, watch and deletecollection are verbs of their own."""
    api.made("roles", role("some", [rule("update list", "configmaps")]))
    api.made("rolebindings", binding("some", ("User", "user"), ("Role", "some")))
    api.made("configmaps", config_map())
    _allowed(api, "configmaps", **_as("user"))
    api.put("configmaps/one", config_map(), **_as("user"), show=at("data"))
    api.merge("configmaps/one", {}, **_as("user"))
    api.watch("configmaps", 1, **_as("user"))
    api.delete("configmaps", **_as("user"))


def cluster_role_in_namespace(api):
    """A ClusterRole bound in a namespace holds there."""
    name = f"{api.ns}-reader"
    api.made("clusterroles", role(name, [rule("list", "configmaps")], kind="ClusterRole"))
    api.cleaned(f"clusterroles/{name}")
    api.made("rolebindings", binding("reader", ("User", "user"), ("ClusterRole", name)))
    _allowed(api, "configmaps", **_as("user"))
    api.get("configmaps", **_as("user"), show=names)
    api.get("/api/v1/configmaps", **_as("user"))


def cluster_role_everywhere(api):
    """A ClusterRoleBinding holds everywhere."""
    name, user = f"{api.ns}-reader", f"{api.ns}-user"
    api.made("clusterroles", role(name, [rule("list", "configmaps namespaces")], kind="ClusterRole"))
    api.cleaned(f"clusterroles/{name}")
    api.made("clusterrolebindings", binding(name, ("User", user), ("ClusterRole", name), kind="ClusterRoleBinding"))
    api.cleaned(f"clusterrolebindings/{name}")
    _allowed(api, "namespaces", **_as(user))
    api.get("/api/v1/configmaps", **_as(user), show=at("kind"))
    api.get("configmaps", **_as(user), show=at("kind"))
    api.get("secrets", **_as(user))


def cluster_role_of_paths(api):
    """A ClusterRole may allow paths that are no resources."""
    name, user = f"{api.ns}-paths", f"{api.ns}-user"
    body = {**role(name, kind="ClusterRole"), "rules": [{"verbs": ["get"], "nonResourceURLs": ["/nonsense/*"]}]}
    api.made("clusterroles", body)
    api.cleaned(f"clusterroles/{name}")
    api.made("clusterrolebindings", binding(name, ("User", user), ("ClusterRole", name), kind="ClusterRoleBinding"))
    api.cleaned(f"clusterrolebindings/{name}")
    _allowed(api, "/nonsense/a", **_as(user))
    api.get("/nonsense/a", **_as(user))
    api.get("/nonsense", **_as(user))


def group_allows(api):
    """A group is bound as a user is."""
    api.made("roles", role("reader", [rule("list", "configmaps")]))
    api.made("rolebindings", binding("reader", ("Group", "readers"), ("Role", "reader")))
    _allowed(api, "configmaps", **_as("anybody", "readers"))
    api.get("configmaps", **_as("anybody", "readers"), show=names)
    api.get("configmaps", **_as("anybody"))


def masters(api):
    """system:masters may everything."""
    api.get("secrets", **_as("anybody", "system:masters"), show=names)


def service_account_allows(api):
    """A ServiceAccount is bound by its name and namespace."""
    api.made("serviceaccounts", service_account("robot"))
    api.made("roles", role("reader", [rule("list", "configmaps")]))
    api.made("rolebindings", binding("reader", ("ServiceAccount", "robot", api.ns), ("Role", "reader")))
    robot = _as(f"system:serviceaccount:{api.ns}:robot")
    _allowed(api, "configmaps", **robot)
    api.get("configmaps", **robot, show=names)
    api.get("secrets", **robot)


def service_account_token(api):
    """A ServiceAccount's token is who it is."""
    api.made("serviceaccounts", service_account("robot"))
    body = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}
    token = api.made("serviceaccounts/robot/token", body)["status"]["token"]
    bearer = {"headers": {"authorization": f"Bearer {token}"}}
    api.get("configmaps", **bearer)
    who = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
    api.post("selfsubjectreviews", who, **bearer, show=lambda body: _told(body["status"]["userInfo"]))


def _told(user):
    return {key: user[key] for key in ("username", "groups")}


def service_account_token_altered(api):
    """An altered token is a 401."""
    api.made("serviceaccounts", service_account("robot"))
    body = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}
    token = api.made("serviceaccounts/robot/token", body)["status"]["token"]
    head, payload, signature = token.split(".")
    api.get("configmaps", headers={"authorization": f"Bearer {head}.{payload[:-2]}xx.{signature}"})


def service_account_gone(api):
    """The token of a ServiceAccount that is gone is a 401."""
    api.made("serviceaccounts", service_account("robot"))
    body = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}
    token = api.made("serviceaccounts/robot/token", body)["status"]["token"]
    api.send("DELETE", "serviceaccounts/robot")
    bearer = {"headers": {"authorization": f"Bearer {token}"}}
    api.until(lambda answer: answer.status == 401, "configmaps", **bearer)
    api.get("configmaps", **bearer)


def impersonating_group_alone(api):
    """A group alone cannot be impersonated."""
    api.get("configmaps", headers={"impersonate-group": "readers"})


def impersonating_without_right(api):
    """Who may not impersonate is told so."""
    api.made("serviceaccounts", service_account("robot"))
    body = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}
    token = api.made("serviceaccounts/robot/token", body)["status"]["token"]
    api.get("configmaps", headers={"authorization": f"Bearer {token}", "impersonate-user": "boss"})


def escalation(api):
    """Nobody grants by a Role what they do not have."""
    api.made(
        "roles", role("maker", [rule("create get", "roles", "rbac.authorization.k8s.io"), rule("get", "configmaps")])
    )
    api.made("rolebindings", binding("maker", ("User", "maker"), ("Role", "maker")))
    _allowed(api, "roles/x", **_as("maker"))
    api.post("roles", role("fine", [rule("get", "configmaps")]), **_as("maker"), show=at("rules"))
    api.post("roles", role("more", [rule("get list", "configmaps secrets")]), **_as("maker"))


def binding_escalation(api):
    """Nobody binds a Role that is more than they have."""
    api.made("roles", role("much", [rule("*", "*", "*")]))
    api.made("roles", role("binder", [rule("create get", "rolebindings", "rbac.authorization.k8s.io")]))
    api.made("rolebindings", binding("binder", ("User", "binder"), ("Role", "binder")))
    _allowed(api, "rolebindings/x", **_as("binder"))
    api.post("rolebindings", binding("more", ("User", "binder"), ("Role", "much")), **_as("binder"))


def discovery_for_authenticated(api):
    """Whoever has a name may read discovery."""
    api.get("/api/v1", **_as("anybody", "system:authenticated"), show=at("kind"))
    api.get("/apis", **_as("anybody", "system:authenticated"), show=at("kind"))


def binding_to_missing_role(api):
    """A binding to a Role that is not there allows nothing."""
    api.made("rolebindings", binding("lost", ("User", "user"), ("Role", "gone")))
    api.until(lambda answer: "not found" in answer.body["message"], "configmaps", **_as("user"))
    api.get("configmaps", **_as("user"))


def removed_binding(api):
    """A binding that is gone allows nothing."""
    api.made("roles", role("reader", [rule("list", "configmaps")]))
    api.made("rolebindings", binding("reader", ("User", "user"), ("Role", "reader")))
    _allowed(api, "configmaps", **_as("user"))
    api.send("DELETE", "rolebindings/reader")
    api.until(lambda answer: answer.status == 403, "configmaps", **_as("user"))
    api.get("configmaps", **_as("user"))
