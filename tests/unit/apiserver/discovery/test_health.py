import pytest

PATHS = ["/healthz", "/livez", "/readyz"]


@pytest.mark.parametrize("path", [*PATHS, "/readyz/ping", "/livez/etcd", "/readyz/poststarthook/rbac/bootstrap-roles"])
def test_the_server_is_well(send, path):
    assert send("GET", path).body == "ok"


@pytest.mark.parametrize("path", PATHS)
def test_each_check_can_be_seen(send, path):
    lines = send("GET", path, verbose="").body.splitlines()
    assert (lines[0], lines[-1]) == ("[+]ping ok", f"{path.strip('/')} check passed")


def test_a_check_can_be_left_out(send):
    assert send("GET", "/readyz", verbose="", exclude="ping").body.startswith("[+]ping excluded: ok\n")


def test_a_check_that_is_not_there_cannot_be_left_out(send):
    said = 'warn: some health checks cannot be excluded: no matches for "nope"'
    assert said in send("GET", "/readyz", verbose="", exclude="nope").body.splitlines()


@pytest.mark.parametrize("path", ["/readyz/nope", "/healthz/shutdown", "/livez/"])
def test_another_check_is_not_there(send, path):
    assert send("GET", path).status == 404
