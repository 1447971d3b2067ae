"""What a kind can decide; this base is a kind that decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, NamedTuple

from pytest_kbevents.api import validity
from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.identity import Identity
from pytest_kbevents.apiserver.validation.causes import Cause

Fresh = dict[str, Any]
"""An object that is still being made, and may be changed in place."""
COMMON_FIELDS = ("metadata.name", "metadata.namespace")
"""Field labels that every kind can be selected by."""


class Moment(NamedTuple):
    """What a rule may know beside the object."""

    now: str
    """The time of the request, as objects write it."""
    identity: Identity


class Rules:
    """One kind's strategy, in the words of Kubernetes' registries."""

    counts_generations: ClassVar[bool] = False
    """``metadata.generation`` counts the changes of what is wanted."""
    graceful: ClassVar[bool] = False
    """A deletion waits for somebody else, such as a kubelet, to end it."""
    creates_on_update: ClassVar[bool] = False
    """A PUT to a free name creates."""
    unconditional: ClassVar[bool] = True
    """A PUT without a resourceVersion replaces whatever is there."""
    returns_deleted: ClassVar[bool] = False
    """A deletion is answered with the object instead of a Status."""
    fields: ClassVar[tuple[str, ...]] = COMMON_FIELDS
    """What field selectors may name."""
    aliases: ClassVar[Mapping[str, str]] = {}
    """Field labels that stand for another path."""
    defaulted: ClassVar[Mapping[str, str]] = {}
    """Of a path that is empty, the path or the text (``=false``) that field selectors look at instead."""
    status_keeps: ClassVar[tuple[str, ...]] = ("spec",)
    """Paths that an update of the status subresource leaves alone."""
    reset: ClassVar[tuple[str, ...]] = ("status",)
    """Top-level fields that a write of the object itself cannot set, when there is a status subresource."""
    orphans: ClassVar[bool] = False
    """Dependents outlive a deletion that does not say otherwise."""

    def name_problems(self, name: str) -> Iterable[str]:
        """What is wrong with a name of this kind."""
        return validity.dns_subdomain(name)

    def check_types(self, obj: Object) -> None:
        """Whether a body's fields are of types that can be read, where decoding has not asked. Raises WrongType."""

    def default(self, obj: Fresh) -> None:
        """Fill in what was left out, but for metadata; part of decoding, so that the writer owns it.

        An object whose fields are all as stored is not asked again: the same default a second time changes nothing.
        """

    def default_metadata(self, obj: Fresh) -> None:
        """Fill in what was left out of metadata."""

    def admit(self, obj: Fresh, moment: Moment) -> None:
        """What admission plugins set on creation."""

    def begin(self, obj: Fresh, moment: Moment) -> None:
        """What the kind sets itself on creation."""

    def change(self, obj: Fresh, old: Object, moment: Moment) -> None:
        """What the kind keeps or sets itself on an update of the object."""

    def intent(self, obj: Object) -> Any:
        """What is wanted; a new value of it is a new generation."""
        return obj.get("spec")

    def validate(self, obj: Object) -> Iterator[Cause]:
        """What is wrong with an object, beyond its metadata."""
        yield from ()

    def validate_new(self, obj: Object) -> Iterator[Cause]:
        """What is wrong with an object that is created, beyond ``validate``."""
        yield from ()

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        """What is wrong with a change, beyond ``validate`` of its outcome."""
        yield from ()

    def validate_status(self, obj: Object, old: Object) -> Iterator[Cause]:
        """What is wrong with a change of the status."""
        yield from ()

    def warnings(self, obj: Object, old: Object | None = None) -> Iterator[str]:
        """What the writer should know; ``old`` is what the object was before an update."""
        yield from ()

    def grace(self, obj: Object, asked: int | None) -> int:
        """Seconds until a graceful deletion is to end; 0 ends it at once."""
        return asked or 0


PLAIN = Rules()
"""A kind without rules of its own."""
