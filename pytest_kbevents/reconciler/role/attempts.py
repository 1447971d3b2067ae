"""Several writes of which one that fails must not keep the others from being tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pytest_kbevents.errors import ApiError, NoAnswer


def attempt_all(writes: Iterable[Callable[[], object]]) -> None:
    """Try every one, then raise the first ApiError or NoAnswer."""
    failed: list[ApiError | NoAnswer] = []
    for write in writes:
        try:
            write()
        except (ApiError, NoAnswer) as error:
            failed.append(error)
    if failed:
        raise failed[0]
