"""``requests: {by, method, kind, name, code, body}``: what was asked of the API server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from pytest_kbevents.cluster.backend import REQUESTS
from pytest_kbevents.history.exchange import Exchange
from pytest_kbevents.scenario.kinds import Kind, resource_of
from pytest_kbevents.scenario.matching.match import compare
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.tallies.tally import Counted, Tally, acted, was_there
from pytest_kbevents.scenario.values import Expectation, Model


class Asked(Model):
    """Which requests."""

    by: str = Field(default="", description="Who asks: event-controller, kbagent/POD; without it, anybody.")
    method: Literal["", "GET", "POST", "PUT", "PATCH", "DELETE"] = Field(
        default="", description="The method; without it, any but GET: what writes."
    )
    kind: Kind | None = Field(default=None, description="The objects' kind; without it, any.")
    name: str = Field(default="", description="The object's name; without it, any.")
    code: Expectation = Field(default=None, description="The answer's code: 409, {$ge: 500}; null for no answer.")
    body: Expectation = Field(
        default=None, description="The body that is written: a text byte for byte, or what its JSON must match."
    )


class Requests(Tally):
    """Requests of the controller and of agents, as they were sent, whether they were answered or not."""

    key: ClassVar[str] = "requests"
    needs: ClassVar[tuple[str, ...]] = (REQUESTS,)

    requests: Asked = Field(description="Which requests.")

    def follow(self, stage: Stage) -> Iterator[Counted | None]:
        position = stage.mark.requests
        while True:
            while position < len(stage.world.requests):
                each = stage.world.requests[position]
                position += 1
                if self._is_meant(each, stage):
                    yield Counted(each.micros, 0, _told(each))
            yield None

    def possible(self, stage: Stage) -> bool:
        meant = self.requests
        there = meant.kind is None or was_there(stage, resource_of(meant.kind), meant.name)
        return there and acted(stage, meant.by)

    def sentence(self) -> str:
        meant = self.requests
        words = [meant.method, "requests", f"for {meant.kind}" if meant.kind else "", meant.name]
        by = f"by {meant.by}" if meant.by else ""
        return " ".join(word for word in (*words, by) if word)

    def _is_meant(self, each: Exchange, stage: Stage) -> bool:
        meant, said = self.requests, self.requests.model_fields_set
        if meant.by not in ("", each.user_agent) or not self._is_meant_method(each.method):
            return False
        if meant.kind and not _is_for(each.path, resource_of(meant.kind).path(stage.world.namespace), meant.name):
            return False
        if "code" in said and not compare(meant.code, each.code).holds:
            return False
        return "body" not in said or _matches(meant.body, each.body)

    def _is_meant_method(self, method: str) -> bool:
        return method == self.requests.method if self.requests.method else method != "GET"


def _is_for(path: str, collection: str, name: str) -> bool:
    """Whether a path is of a collection, or, with a name, of that object or its subresources."""
    rest = path.removeprefix(collection)
    if rest == path or rest[:1] not in ("", "/"):
        return False
    return not name or rest.split("/")[1:2] == [name]


def _matches(expected: Any, body: Any) -> bool:
    """A text is held against the bytes as they are sent, anything else against what they say."""
    if not isinstance(expected, str):
        return compare(expected, json.loads(body) if isinstance(body, bytes) else body).holds
    if isinstance(body, bytes):
        return expected == body.decode()
    return expected == json.dumps(body, separators=(",", ":"), ensure_ascii=False)


def _told(each: Exchange) -> str:
    return f"{each.user_agent}: {each.method} {each.path} -> {each.answer}"
