import pytest
import yaml

MAPS = "/api/v1/namespaces/default/configmaps"
META = "g=meta.k8s.io"
LISTED = "application/json, application/yaml, application/vnd.kubernetes.protobuf"
STREAMS = "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch"


@pytest.fixture
def one(client, config_map):
    """A ConfigMap's path."""
    from pytest_kbevents.api.resources import CONFIG_MAPS

    client.create(CONFIG_MAPS, config_map())
    return f"{MAPS}/one"


@pytest.mark.parametrize("accept", ["", "*/*", "application/json", "text/html, */*;q=0.8", "application/json;x=y"])
def test_whole_json_is_what_most_ask_for(accepting, one, accept):
    assert accepting(accept, one).body["kind"] == "ConfigMap"


@pytest.mark.parametrize("accept", ["application/vnd.kubernetes.protobuf, application/json", "application/cbor, */*"])
def test_what_is_not_written_here_is_passed_over(accepting, one, accept):
    assert accepting(accept, one).body["kind"] == "ConfigMap"


def test_yaml_is_written_with_its_content_type(accepting, one):
    assert accepting("application/yaml", one).headers["content-type"] == "application/yaml"


def test_yaml_says_what_json_says(accepting, one):
    assert yaml.safe_load(accepting("application/yaml", one).body) == accepting("", one).body


def test_an_error_is_written_in_yaml_too(accepting):
    assert yaml.safe_load(accepting("application/yaml", f"{MAPS}/none").body)["reason"] == "NotFound"


def test_an_error_is_json_where_nothing_that_is_asked_for_is_there(accepting):
    assert accepting("text/html", f"{MAPS}/none").body["code"] == 406


@pytest.mark.parametrize("accept", ["text/html", "application/*", "application/cbor", "junk"])
def test_the_router_of_the_built_in_kinds_lists_what_is_there(accepting, one, accept):
    said = accepting(accept, one).body["message"]
    assert said == f"406: Not Acceptable\n\nAvailable representations: {LISTED}"


def test_the_router_lists_streams_too_where_there_are_lists(accepting):
    said = accepting("text/html", MAPS).body["message"]
    assert said == f"406: Not Acceptable\n\nAvailable representations: {LISTED}, {STREAMS}"


@pytest.mark.parametrize(
    "accept",
    ["application/json;as=Foo;v=v1;" + META, "application/json;as=Table;v=v2;" + META, "a/b;stream=x, */*;as=X"],
)
def test_a_form_that_nobody_knows_is_not_acceptable(accepting, one, accept):
    assert accepting(accept, one).status == 406


def test_a_form_that_nobody_knows_is_told_in_the_servers_words(accepting, one):
    said = accepting("application/json;as=Foo;v=v1;" + META, one).body["message"]
    assert said == f"only the following media types are accepted: {LISTED}"


def test_who_wants_protobuf_alone_is_told_what_there_is(accepting, one):
    said = accepting("application/vnd.kubernetes.protobuf", one).body["message"]
    assert said == "only the following media types are accepted: application/json, application/yaml"


@pytest.mark.usefixtures("served")
def test_a_custom_kind_has_no_router_before_it(accepting):
    assert accepting("application/*", "/apis/example.com/v1/widgets").body["kind"] == "WidgetList"


def test_a_watch_is_not_written_in_yaml(accepting):
    said = yaml.safe_load(accepting("application/yaml", MAPS, watch="1").body)["message"]
    assert said == f"only the following media types are accepted: {STREAMS}"


def test_metadata_alone_can_be_asked_for(accepting, one):
    body = accepting(f"application/json;as=PartialObjectMetadata;v=v1;{META}", one).body
    assert (body["kind"], body.keys()) == ("PartialObjectMetadata", {"kind", "apiVersion", "metadata"})


@pytest.mark.usefixtures("one")
def test_metadata_of_a_list_can_be_asked_for(accepting):
    body = accepting(f"application/json;as=PartialObjectMetadataList;v=v1beta1;{META}", MAPS).body
    assert [(item["kind"], item["apiVersion"]) for item in body["items"]] == [
        ("PartialObjectMetadata", "meta.k8s.io/v1beta1")
    ]


def test_metadata_of_an_empty_list_is_null(accepting):
    assert accepting(f"application/json;as=PartialObjectMetadataList;v=v1;{META}", MAPS).body["items"] is None


def test_metadata_of_an_object_cannot_be_had_of_a_list(accepting):
    said = accepting(f"application/json;as=PartialObjectMetadata;v=v1;{META}", MAPS).body["message"]
    assert said == "you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)"


def test_metadata_of_a_list_cannot_be_had_of_an_object(accepting, one):
    said = accepting(f"application/json;as=PartialObjectMetadataList;v=v1;{META}", one).body["message"]
    problem = "you requested PartialObjectMetadataList, but the requested object is not a list"
    assert said == f"{problem} (*core.ConfigMap)"


def test_a_review_has_no_table(accepting):
    path, body = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {"spec": {}}
    assert accepting(f"application/json;as=Table;v=v1;{META}", path, "POST", body).status == 406
