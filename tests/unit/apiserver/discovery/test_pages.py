import pytest

NOT_FOUND = "the server could not find the requested resource"
NOT_ALLOWED = "the server does not allow this method on the requested resource"


def test_the_version_can_be_read(send):
    assert send("GET", "/version").body["gitVersion"].startswith("v1.")


@pytest.mark.parametrize(
    "path", ["/metrics", "/openapi", "/apis/nothing.io", "/apis/nothing.io/v1", "/apis/nothing.io/v1/x"]
)
def test_where_nothing_could_be_there_is_a_page(send, path):
    answer = send("GET", path)
    assert (answer.status, answer.body) == (404, "404 page not found\n")


@pytest.mark.parametrize("path", ["/api/v2", "/apis/apps/v2", "/api/v1/nothing", "/apis/apps/v1/namespaces/x/nothing"])
def test_where_something_could_be_there_is_a_status(send, path):
    answer = send("GET", path)
    assert (answer.status, answer.body["message"]) == (404, NOT_FOUND)


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("path", ["/apis/example.com/v2", "/apis/example.com/v1/nothing"])
def test_of_a_custom_group_too_what_is_not_there_is_a_page(send, path):
    assert send("GET", path).body == "404 page not found\n"


@pytest.mark.parametrize("path", ["/api", "/api/v1", "/apis/apps/v1", "/version"])
def test_nothing_can_be_posted_to_a_document(send, path):
    answer = send("POST", path, {})
    assert (answer.status, answer.body["message"]) == (405, NOT_ALLOWED)


@pytest.mark.usefixtures("served")
def test_the_root_lists_the_paths(send):
    paths = send("GET", "/").body["paths"]
    wanted = {"/api/v1", "/apis/example.com/v1", "/openapi/v3", "/readyz/ping", "/version"}
    assert wanted <= set(paths)


def test_every_path_that_is_listed_answers(send):
    paths = [path for path in send("GET", "/").body["paths"] if path != "/openapi/v3/"]
    assert [path for path in paths if send("GET", path).status != 200] == []
