"""Waiting for what a cluster does in its own time."""

from __future__ import annotations

from collections.abc import Callable

from tenacity import RetryError, Retrying, retry_if_exception_type, retry_if_result, stop_after_delay, wait_fixed


def until(
    is_so: Callable[[], bool], seconds: float, *, every: float = 0.05, despite: tuple[type[Exception], ...] = ()
) -> bool:
    """Ask again and again; whether it became so in time. Errors ``despite`` which it is asked again mean not yet."""
    patience = Retrying(
        retry=retry_if_result(lambda done: not done) | retry_if_exception_type(despite),
        wait=wait_fixed(every),
        stop=stop_after_delay(seconds),
    )
    try:
        return patience(is_so)
    except RetryError:
        return False
