import pytest

MAPS = "/api/v1/namespaces/default/configmaps"
TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io"


@pytest.fixture
def maps(client, config_map):
    """Two ConfigMaps."""
    from pytest_kbevents.api.resources import CONFIG_MAPS

    for name in ("a", "b"):
        client.create(CONFIG_MAPS, config_map(name))


@pytest.fixture
def tables(accepting, drain):
    """The Tables of a watch."""
    return lambda **query: [item.object for item in drain(accepting(TABLE, MAPS, watch="1", **query).stream)]


def cells(table):
    return [row["cells"] for row in table["rows"]]


@pytest.mark.usefixtures("maps")
def test_a_list_has_a_row_for_each_object(table):
    assert cells(table(MAPS)) == [["a", 1, "0s"], ["b", 1, "0s"]]


@pytest.mark.usefixtures("maps")
def test_an_object_has_one_row(table):
    assert cells(table(f"{MAPS}/a")) == [["a", 1, "0s"]]


@pytest.mark.usefixtures("maps")
def test_an_age_is_told_by_the_servers_clock(table, clock):
    clock.advance_to(clock.micros() + 90_000_000)
    assert cells(table(f"{MAPS}/a")) == [["a", 1, "90s"]]


def test_columns_are_those_of_the_kind(table):
    assert [column["name"] for column in table(MAPS)["columnDefinitions"]] == ["Name", "Data", "Age"]


def test_a_kind_with_columns_has_no_rows_when_it_is_empty(table):
    assert table(MAPS)["rows"] == []


def test_a_kind_without_columns_of_its_own_has_null_rows_when_it_is_empty(table):
    assert table("/api/v1/limitranges")["rows"] is None


@pytest.mark.usefixtures("maps")
def test_a_table_of_a_page_says_how_to_go_on(table):
    assert table(MAPS, limit="1")["metadata"].keys() == {"resourceVersion", "continue", "remainingItemCount"}


@pytest.mark.usefixtures("maps")
@pytest.mark.parametrize(
    ("include", "kind"), [("", "PartialObjectMetadata"), ("Metadata", "PartialObjectMetadata"), ("Object", "ConfigMap")]
)
def test_a_row_has_the_object_beside_it(table, include, kind):
    assert table(MAPS, includeObject=include)["rows"][0]["object"]["kind"] == kind


@pytest.mark.usefixtures("maps")
def test_a_row_can_stand_alone(table):
    assert table(MAPS, includeObject="None")["rows"][0]["object"] is None


def test_something_else_beside_a_row_is_refused(table):
    said = table(MAPS, includeObject="All")["message"]
    rule = "includeObject: Invalid value: \"All\": must be 'Metadata', 'Object', 'None', or empty"
    assert said == f"Unable to convert to Table as requested: {rule}"


def test_what_is_created_can_be_answered_as_a_table(accepting, config_map):
    answer = accepting(TABLE, MAPS, "POST", config_map("new"))
    assert (answer.status, cells(answer.body)) == (201, [["new", 1, "0s"]])


@pytest.mark.usefixtures("maps")
def test_a_status_stays_a_status(accepting):
    assert accepting(TABLE, f"{MAPS}/a", "DELETE").body["kind"] == "Status"


@pytest.mark.usefixtures("maps")
def test_only_the_first_table_of_a_watch_has_columns(tables):
    assert [table["columnDefinitions"] is None for table in tables()] == [False, True]


def test_a_bookmark_is_a_table_with_an_empty_row(tables):
    query = {"sendInitialEvents": "true", "allowWatchBookmarks": "true", "resourceVersionMatch": "NotOlderThan"}
    assert [cells(table) for table in tables(**query)] == [[["", 0, "<unknown>"]]]


def test_events_of_both_apis_have_the_same_rows(client, table):
    from pytest_kbevents.api.resources import EVENTS

    client.create(
        EVENTS, {"metadata": {"name": "e", "namespace": "default"}, "involvedObject": {"namespace": "default"}}
    )
    assert cells(table("/api/v1/events")) == cells(table("/apis/events.k8s.io/v1/events"))


@pytest.mark.usefixtures("served")
def test_a_custom_kind_has_names_and_ages(table, accepting, widget):
    path = "/apis/example.com/v1/namespaces/default/widgets"
    accepting("", path, "POST", {"apiVersion": "example.com/v1", "kind": "Widget", **widget()})
    assert cells(table(path)) == [["w", "0s"]]
