"""How answers look: whole objects, Tables, metadata alone; JSON or YAML.

May live here: content negotiation and the forms it chooses between. May not: what objects are, or who may see them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pytest_kbevents.api.http import PLAIN, YAML, Request, Response
from pytest_kbevents.apiserver.registry import Route
from pytest_kbevents.apiserver.verbs.watching import Subscription
from pytest_kbevents.apiserver.views import negotiation, shapes, yamltext
from pytest_kbevents.apiserver.views.negotiation import Form
from pytest_kbevents.apiserver.views.shapes import Shape, Turn

View = Callable[[Response], Response]


def of(request: Request, route: Route, verb: str, now: Callable[[], int]) -> View | None:
    """The view that a request's Accept header asks for; None for the whole object as JSON.

    ``now`` gives the time that ages are told by, in microseconds since the epoch. Raises NotAcceptable, BadRequest.
    """
    if request.accept in PLAIN:
        return None
    form = negotiation.of_object(request.accept, route, verb)
    if form == Form():
        return None
    shape = shapes.of(form, request, route, now)
    if verb == "watch":
        return lambda response: _streaming(response, shape)
    turn = shape.of_list if verb in ("list", "deletecollection") else shape.of_object
    return lambda response: in_media(replace(response, body=_turned(response.body, turn)), form.media)


def error(request: Request, response: Response) -> Response:
    """A Status in the media type that the request's Accept header asks for, where it can be had."""
    if request.accept in PLAIN:
        return response
    form = negotiation.choose(request.accept)
    return in_media(response, form.media) if form else response


def in_media(response: Response, media: str) -> Response:
    """The same answer in a media type."""
    if media != YAML or isinstance(response.body, str):
        return response
    return replace(response, body=yamltext.dumped(response.body), headers={**response.headers, "content-type": YAML})


def _turned(body: Any, turn: Turn) -> Any:
    return body if body["kind"] == "Status" else turn(body)


def _streaming(response: Response, shape: Shape) -> Response:
    stream = response.stream
    assert isinstance(stream, Subscription)
    if shape.of_item is None:
        stream.close()
    else:
        stream.turn = shape.of_item
    return response
