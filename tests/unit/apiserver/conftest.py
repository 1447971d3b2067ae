"""A server at the simulated start of time, and the shortest ways to ask it."""

import json
from io import BytesIO

import pytest

from pytest_kbevents.api.http import Request
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS, Resource
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.apiserver.wsgi import App
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import VirtualClock

TOKEN = "t0ken"


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def server(clock):
    return Server(clock)


@pytest.fixture
def client(server):
    return Client(server, "tester")


@pytest.fixture
def send(server):
    """One request as it stands; the answer as it stands."""

    def send(method, path, body=None, content_type="application/json", **query):
        return server.send(Request(method, path, query, body, content_type, user_agent="tester"))

    return send


@pytest.fixture
def config_map():
    """A ConfigMap's body."""

    def config_map(name="one", namespace="default", data=None, **metadata):
        return {"metadata": {"name": name, "namespace": namespace, **metadata}, "data": data or {"key": "old"}}

    return config_map


@pytest.fixture
def widgets():
    """A custom resource with a status, not yet served."""
    return Resource("example.com", "v1", "widgets", "Widget", has_status=True, short_names=("wd",), categories=("all",))


@pytest.fixture
def definition():
    """The CustomResourceDefinition of a resource."""

    def definition(resource):
        anything = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
        version = {"name": resource.version, "served": True, "storage": True, "schema": {"openAPIV3Schema": anything}}
        if resource.has_status:
            version["subresources"] = {"status": {}}
        names = {"plural": resource.plural, "kind": resource.kind}
        names |= {"shortNames": list(resource.short_names), "categories": list(resource.categories)}
        scope = "Namespaced" if resource.namespaced else "Cluster"
        spec = {"group": resource.group, "scope": scope, "names": names, "versions": [version]}
        return {"metadata": {"name": resource.qualified}, "spec": spec}

    return definition


@pytest.fixture
def served(client, widgets, definition):
    """``widgets``, served."""
    client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(widgets))
    return widgets


@pytest.fixture
def widget():
    """A Widget's body."""

    def widget(name="w", **fields):
        return {"metadata": {"name": name, "namespace": "default"}, "spec": {"size": 1}, **fields}

    return widget


@pytest.fixture
def drain():
    """What a watch has to say now."""

    def drain(stream):
        items = []
        while (item := stream.take()) is not None:
            items.append(item)
        return items

    return drain


@pytest.fixture
def watch(send):
    """A watch with a query of one's own."""
    return lambda path="/api/v1/namespaces/default/configmaps", **query: send("GET", path, watch="true", **query).stream


@pytest.fixture
def said(drain):
    """Types and names of what a watch has to say now."""
    return lambda stream: [(item.type, item.object["metadata"]["name"]) for item in drain(stream)]


@pytest.fixture
def app(server):
    return App(server, TOKEN)


@pytest.fixture
def call(app):
    """One call of the WSGI app: the code, the headers, and the chunks of the body, not yet read."""

    def call(method, path, body=None, *, raw=None, query="", authorization=f"Bearer {TOKEN}", length=None):
        content = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(content) if length is None else length),
            "CONTENT_TYPE": "application/json",
            "HTTP_USER_AGENT": "tester",
            "wsgi.input": BytesIO(content),
        }
        if authorization:
            environ["HTTP_AUTHORIZATION"] = authorization
        started = []

        def start_response(status, headers):
            started.append((int(status.split()[0]), dict(headers)))
            return lambda _: None

        chunks = app(environ, start_response)
        return (*started[0], chunks)

    return call
