"""A transport that asks again while the API server is away, as long as a request cannot have been carried out."""

from __future__ import annotations

import time
from collections.abc import Callable

import tenacity

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.errors import NoAnswer, NotSent

AWAY = frozenset({429, 503, 504})
"""Codes of answers that say: not now."""
FIRST_WAIT, LONGEST_WAIT = 0.05, 2.0


class Patient:
    """Hands requests on, again and again for ``seconds``; then the last answer is the answer."""

    def __init__(self, transport: Transport, seconds: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self._transport = transport
        self._retrying = tenacity.Retrying(
            sleep=sleep,
            wait=tenacity.wait_random_exponential(FIRST_WAIT, LONGEST_WAIT),
            stop=tenacity.stop_after_delay(seconds),
            retry=tenacity.retry_any(
                tenacity.retry_if_result(lambda answer: answer.status in AWAY),
                tenacity.retry_if_exception(_may_be_asked_again),
            ),
            retry_error_callback=_last,
        )

    def send(self, request: Request) -> Response:
        """Answer ``request``. Raises NoAnswer: at once when it may have been carried out, else when time is up."""
        if request.query.get("watch"):
            return self._transport.send(request)  # who follows a watch begins anew by itself
        return self._retrying.copy()(self._attempt, request)

    def _attempt(self, request: Request) -> Response:
        try:
            return self._transport.send(request)
        except NoAnswer as error:
            if request.method == "GET" and not isinstance(error, NotSent):
                raise NotSent(str(error)) from error  # a read changes nothing, however often it is carried out
            raise


def _may_be_asked_again(error: BaseException) -> bool:
    return isinstance(error, NotSent)


def _last(state: tenacity.RetryCallState) -> Response:
    assert state.outcome is not None, "it was tried at least once"
    answer: Response = state.outcome.result()
    return answer
