"""What functions cost, and how large their results are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from pytest_kbevents.apiserver.custom.cel.costs import sizes
from pytest_kbevents.apiserver.custom.cel.costs.sizes import MOST, Size, plus, scaled, times
from pytest_kbevents.apiserver.custom.cel.typed.syntax import Literal, Node

if TYPE_CHECKING:
    from pytest_kbevents.apiserver.custom.cel.costs.estimating import Estimator

_TEXT = 0.1
"""The cost of a letter that is looked at."""
_PATTERN = 0.25
"""The cost of a letter of a pattern."""
_NEW_LIST = 11
_TEXTS = ("string", "bytes", "dyn")
_FIXED = ("net.IP", "net.CIDR", "kubernetes.Quantity", "kubernetes.Semver")
_COMPARED = ("_<_", "_<=_", "_>_", "_>=_")

Estimate = tuple[int, Size | None]
_Estimate = Callable[["Estimator", list[Node], list[str]], Estimate]
"""Of a target, where there is one, and arguments; and the names of their types."""


def cost(estimator: Estimator, function: str, nodes: list[Node]) -> Estimate:
    """The cost of a call, that of its target and arguments left out, and the size of the result."""
    names = [estimator.types[id(part)].name for part in nodes]
    estimate = _OF.get(function)
    return (1, None) if estimate is None else estimate(estimator, nodes, names)


def _letters(times_: int = 1, at: int = 0, *, keeps: bool = False) -> _Estimate:
    """So many times over a text; ``keeps`` makes a result as long as it."""

    def estimate(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
        del names
        size = estimator.size(nodes[at])
        return scaled(size.most, times_ * _TEXT), size if keeps else None

    return estimate


def _matched(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    text, pattern = estimator.size(nodes[0]).most, estimator.size(nodes[1]).most
    return times(scaled(plus(text, 1), _TEXT), scaled(pattern, _PATTERN)), None


def _found(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    return _matched(estimator, nodes, names)[0], Size(0, estimator.size(nodes[0]).most)


def _contained(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    return times(*(scaled(estimator.size(node).most, _TEXT) for node in nodes)), None


def _in(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    lists = names[1] in ("list", "dyn")
    return max(estimator.size(nodes[1]).most if lists else 1, 1 if names[1] == "dyn" else 0), None


def _equal(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    if names[0] == names[1]:
        if names[0] in _FIXED:
            return 1, None
        if names[0] == "kubernetes.NamedFormat":
            return 7, None
        if names[0] == "kubernetes.URL":
            return scaled((estimator.known_size(nodes[1]) or Size(1, 1)).most, _TEXT), None
    return _compared(estimator, nodes, names)


def _compared(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    return scaled(min(estimator.size(node).most for node in nodes), _TEXT), None


def _ordered(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    if not all(name in _TEXTS for name in names):
        return 1, None
    return max(_compared(estimator, nodes, names)[0], int("dyn" in names)), None


def _added(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    if not all(name in (*_TEXTS, "list") for name in names):
        return 1, None
    size = sizes.total(estimator.size(nodes[0]), estimator.size(nodes[1]))
    return 1 if "list" in names else max(scaled(size.most, _TEXT), int("dyn" in names)), size


def _to_bytes(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    size = estimator.size(nodes[0])
    return (scaled(size.most, _TEXT), Size(size.least, times(size.most, 4))) if names[0] == "string" else (1, None)


def _to_string(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    size = estimator.size(nodes[0])
    return (scaled(size.most, _TEXT), Size(size.least // 4, size.most)) if names[0] == "bytes" else (1, None)


def _quoted(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    size = estimator.size(nodes[0])
    return scaled(size.most, _TEXT), Size(plus(size.least, 2), plus(times(size.most, 2), 2))


def _each(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    """Each item of a list once; texts, which lists are not, letter by letter."""
    size = estimator.size(nodes[0]).most
    if names[0] != "list":
        return scaled(size, _TEXT), None
    item = estimator.types[id(nodes[0])].inner[0]
    if item.name not in ("string", "bytes"):
        return size, None
    declared = estimator.declared(nodes[0])
    letters = declared.inner[0].most if declared is not None and declared.inner else MOST
    return times(size, plus(1, scaled(letters, _TEXT))), None


def _replaced(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    size, old, new = (estimator.size(node) for node in nodes[:3])
    count = kept = 0
    if not old.least:
        count, kept = plus(size.most, 1), size.most
    elif new.most <= old.least:
        kept = size.most
    else:
        count = scaled(size.most, 1 / old.least)
    return scaled(size.most, 2 * _TEXT), Size(0, plus(times(count, new.most), kept))


def _split(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    size = estimator.size(nodes[0]).most
    return scaled(size, 2 * _TEXT), Size(0, _number(nodes[2], size) if len(nodes) > 2 else size)


def _joined(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    count, declared = estimator.size(nodes[0]), estimator.declared(nodes[0])
    letters = declared.inner[0].most if declared is not None and declared.inner else MOST
    size = Size(0, times(count.most, letters))
    if len(nodes) > 1:
        between = Size(max(count.least - 1, 0), max(count.most - 1, 0))
        size = sizes.total(size, sizes.product(estimator.size(nodes[1]), between))
    return scaled(size.most, _TEXT), size


def _validated(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    return scaled(scaled(estimator.size(nodes[1]).most, _TEXT), 128 * _PATTERN), None


def _contains_address(of_network: int, kind: str) -> _Estimate:
    def estimate(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
        if names[1] == kind:
            return of_network, None
        return plus(of_network, scaled(estimator.size(nodes[1]).most, _TEXT)), None

    return estimate


def _address(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    return (1, None) if names[0] == "net.CIDR" else _letters()(estimator, nodes, names)


def _sets(factor: int) -> _Estimate:
    def estimate(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
        del names
        size = sizes.product(estimator.size(nodes[0]), estimator.size(nodes[1]))
        return plus(times(size.most, factor), 1), None

    return estimate


def _listed(depth: int, size: Size) -> Estimate:
    return plus(times(size.most, depth), _NEW_LIST), size


def _reversed(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    return _listed(1, estimator.size(nodes[0]))


def _sliced(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    count = (_number(nodes[2], estimator.size(nodes[0]).most) - _number(nodes[1], 0)) % (MOST + 1)
    return _listed(1, Size(count, count))


def _flattened(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    return _listed(_number(nodes[1], MOST) if len(nodes) > 1 else 1, estimator.size(nodes[0]))


def _counted(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del estimator, names
    count = _number(nodes[0], MOST)
    return _listed(1, Size(count, count))


def _number(node: Node, otherwise: int) -> int:
    """A constant."""
    return max(int(node.text, 0), 0) if isinstance(node, Literal) and node.kind == "int" else otherwise


def _distinct(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    return _squared(estimator.size(nodes[0]), 2)


def _sorted(estimator: Estimator, nodes: list[Node], names: list[str]) -> Estimate:
    del names
    item = estimator.types[id(nodes[0])].inner
    return _squared(estimator.size(nodes[0]), 2 + _TEXT * (bool(item) and item[0].name in ("string", "bytes")))


def _squared(size: Size, factor: float) -> Estimate:
    """Each item against each other."""
    square = sizes.product(size, size)
    return plus(scaled(square.most, factor), _NEW_LIST), square


_OF: Mapping[str, _Estimate] = {
    "_&&_": lambda *_: (0, None),
    "_||_": lambda *_: (0, None),
    "_==_": _equal,
    "_!=_": _compared,
    **dict.fromkeys(_COMPARED, _ordered),
    "_+_": _added,
    "@in": _in,
    "bytes": _to_bytes,
    "string": _to_string,
    "format": _letters(),
    "strings.quote": _quoted,
    **dict.fromkeys(("startsWith", "endsWith"), _letters(at=1)),
    "matches": _matched,
    "contains": _contained,
    **dict.fromkeys(("isSorted", "sum", "max", "min", "indexOf", "lastIndexOf"), _each),
    **dict.fromkeys(("url", "lowerAscii", "upperAscii", "substring", "trim"), _letters(keeps=True)),
    "replace": _replaced,
    "split": _split,
    "join": _joined,
    **dict.fromkeys(("find", "findAll"), _found),
    **dict.fromkeys(("cidr", "isIP", "isCIDR", "quantity", "isQuantity", "semver", "isSemver"), _letters()),
    "ip": _address,
    "ip.isCanonical": _letters(2),
    "containsIP": _contains_address(4, "net.IP"),
    "containsCIDR": _contains_address(7, "net.CIDR"),
    "validate": _validated,
    "sets.contains": _sets(1),
    "sets.equivalent": _sets(2),
    "sets.intersects": _sets(1),
    "slice": _sliced,
    "reverse": _reversed,
    "flatten": _flattened,
    "lists.range": _counted,
    "distinct": _distinct,
    "sort": _sorted,
}
"""Functions by name; what is not here costs 1."""
