"""What a driver advances."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeGuard


class Actor(Protocol):
    """Something that acts step by step and says when its next step is due. Both drivers treat it alike."""

    name: str

    def due(self) -> int | None:
        """Microseconds since the epoch, the past meaning now; None: only others can give it something to do."""

    def step(self) -> None:
        """Take one step. When another took the work away meanwhile, it does nothing."""


class Sleeper(Actor, Protocol):
    """An actor whose next step moves only by its own steps, or it rings. So that thousands can sleep for nothing."""

    alarm: Callable[[], None]
    """The driver's: to be called when something else has given it a step to take, from any thread."""


def sleeps(actor: Actor) -> TypeGuard[Sleeper]:
    """Whether it is one of those."""
    return hasattr(actor, "alarm")


class Driver(Protocol):
    """Advances actors until something is so."""

    def add(self, actor: Actor) -> None:
        """Advance it from now on."""

    def remove(self, actor: Actor) -> None:
        """Advance it no more; a step that has begun is finished."""

    def until(self, predicate: Callable[[], bool], deadline: int) -> bool:
        """Advance until ``predicate`` holds or the clock reaches ``deadline``; says whether it holds. The history is
        drained before each look. Raises what an actor raised.
        """

    def close(self) -> None:
        """Remove every actor and wait for the steps that have begun."""
