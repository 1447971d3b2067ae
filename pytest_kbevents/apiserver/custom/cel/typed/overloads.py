"""Which functions take which types: what CEL and Kubernetes' libraries declare, and how a call finds its own.

A line is a function and its signatures; ``string.(int)`` is a method of a string, ``A``, ``B`` are any type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pytest_kbevents.apiserver.custom.cel.typed.kinds import DYN, Type

_ORDERED = "(bool, bool) (bytes, bytes) (duration, duration) (string, string) (timestamp, timestamp)"
_NUMBERS = " ".join(f"({a}, {b})" for a in ("int", "uint", "double") for b in ("int", "uint", "double"))
_COMPARED = " ".join(f"{signature} bool;" for signature in re.findall(r"\(.*?\)", f"{_ORDERED} {_NUMBERS}"))
_COMPARABLE = ("int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes")
_SUMMABLE = ("int", "uint", "double", "duration")
_PARTS = ("getFullYear", "getMonth", "getDayOfYear", "getDayOfMonth", "getDate", "getDayOfWeek")
_TIMES = ("getHours", "getMinutes", "getSeconds", "getMilliseconds")
_LABELS = ("dns1123Label", "dns1123Subdomain", "dns1035Label", "qualifiedName", "dns1123LabelPrefix")
_FORMATS = (
    *_LABELS,
    "dns1123SubdomainPrefix",
    "dns1035LabelPrefix",
    "labelValue",
    "uri",
    "uuid",
    "byte",
    "date",
    "datetime",
)
_ADDRESS_TESTS = ("isUnspecified", "isLoopback", "isLinkLocalMulticast", "isLinkLocalUnicast", "isGlobalUnicast")
_URL_PARTS = ("getScheme", "getHost", "getHostname", "getPort", "getEscapedPath")
_FORMAT, _SEMVER, _QUANTITY = "kubernetes.NamedFormat", "kubernetes.Semver", "kubernetes.Quantity"
_IP, _CIDR, _URL = "net.IP", "net.CIDR", "kubernetes.URL"

_STANDARD = f"""
_?_:_: (bool, A, A) A
_&&_: (bool, bool) bool
_||_: (bool, bool) bool
!_: (bool) bool
-_: (int) int; (double) double
_==_: (A, A) bool
_!=_: (A, A) bool
_<_: {_COMPARED}
_<=_: {_COMPARED}
_>_: {_COMPARED}
_>=_: {_COMPARED}
_+_: (bytes, bytes) bytes; (double, double) double; (duration, duration) duration; (duration, timestamp) timestamp
_+_: (timestamp, duration) timestamp; (int, int) int; (list(A), list(A)) list(A); (string, string) string
_+_: (uint, uint) uint
_-_: (double, double) double; (duration, duration) duration; (int, int) int; (timestamp, duration) timestamp
_-_: (timestamp, timestamp) duration; (uint, uint) uint
_*_: (double, double) double; (int, int) int; (uint, uint) uint
_/_: (double, double) double; (int, int) int; (uint, uint) uint
_%_: (int, int) int; (uint, uint) uint
@in: (A, list(A)) bool; (A, map(A, B)) bool
_[_]: (list(A), int) A; (map(A, B), A) B; (optional_type(list(A)), int) optional_type(A)
_[_]: (optional_type(map(A, B)), A) optional_type(B)
_[?_]: (list(A), int) optional_type(A); (map(A, B), A) optional_type(B)
_[?_]: (optional_type(list(A)), int) optional_type(A); (optional_type(map(A, B)), A) optional_type(B)
size: (bytes) int; (list(A)) int; (map(A, B)) int; (string) int
size: bytes.() int; list(A).() int; map(A, B).() int; string.() int
type: (A) type(A)
dyn: (A) dyn
bool: (bool) bool; (string) bool
bytes: (bytes) bytes; (string) bytes
double: (double) double; (int) double; (string) double; (uint) double
duration: (duration) duration; (string) duration
int: (int) int; (double) int; (duration) int; (string) int; (timestamp) int; (uint) int
string: (string) string; (bool) string; (bytes) string; (double) string; (duration) string; (int) string
string: (timestamp) string; (uint) string; ({_IP}) string; ({_CIDR}) string
timestamp: (timestamp) timestamp; (int) timestamp; (string) timestamp
uint: (uint) uint; (double) uint; (int) uint; (string) uint
contains: string.(string) bool
endsWith: string.(string) bool
startsWith: string.(string) bool
matches: (string, string) bool; string.(string) bool
optional.of: (A) optional_type(A)
optional.ofNonZeroValue: (A) optional_type(A)
optional.none: () optional_type(A)
optional.unwrap: (list(optional_type(A))) list(A)
unwrapOpt: list(optional_type(A)).() list(A)
value: optional_type(A).() A
hasValue: optional_type(A).() bool
or: optional_type(A).(optional_type(A)) optional_type(A)
orValue: optional_type(A).(A) A
first: list(A).() optional_type(A)
last: list(A).() optional_type(A)
"""
_EXTENDED = """
charAt: string.(int) string
indexOf: string.(string) int; string.(string, int) int; list(A).(A) int
lastIndexOf: string.(string) int; string.(string, int) int; list(A).(A) int
lowerAscii: string.() string
upperAscii: string.() string
replace: string.(string, string) string; string.(string, string, int) string
split: string.(string) list(string); string.(string, int) list(string)
substring: string.(int) string; string.(int, int) string
trim: string.() string
format: string.(list(dyn)) string
strings.quote: (string) string
join: list(string).() string; list(string).(string) string
sets.contains: (list(A), list(A)) bool
sets.equivalent: (list(A), list(A)) bool
sets.intersects: (list(A), list(A)) bool
slice: list(A).(int, int) list(A)
flatten: list(list(A)).() list(A); list(dyn).(int) list(dyn)
lists.range: (int) list(int)
reverse: list(A).() list(A)
distinct: list(A).() list(A)
find: string.(string) string
findAll: string.(string) list(string); string.(string, int) list(string)
"""
_KUBERNETES = f"""
url: (string) {_URL}
isURL: (string) bool
getQuery: {_URL}.() map(string, list(string))
ip: (string) {_IP}; {_CIDR}.() {_IP}
isIP: (string) bool
ip.isCanonical: (string) bool
family: {_IP}.() int
cidr: (string) {_CIDR}
isCIDR: (string) bool
containsIP: {_CIDR}.(string) bool; {_CIDR}.({_IP}) bool
containsCIDR: {_CIDR}.(string) bool; {_CIDR}.({_CIDR}) bool
prefixLength: {_CIDR}.() int
masked: {_CIDR}.() {_CIDR}
quantity: (string) {_QUANTITY}
isQuantity: (string) bool
sign: ({_QUANTITY}) int
isInteger: {_QUANTITY}.() bool
asInteger: {_QUANTITY}.() int
asApproximateFloat: {_QUANTITY}.() double
add: {_QUANTITY}.({_QUANTITY}) {_QUANTITY}; {_QUANTITY}.(int) {_QUANTITY}
sub: {_QUANTITY}.({_QUANTITY}) {_QUANTITY}; {_QUANTITY}.(int) {_QUANTITY}
isLessThan: {_QUANTITY}.({_QUANTITY}) bool; {_SEMVER}.({_SEMVER}) bool
isGreaterThan: {_QUANTITY}.({_QUANTITY}) bool; {_SEMVER}.({_SEMVER}) bool
compareTo: {_QUANTITY}.({_QUANTITY}) int; {_SEMVER}.({_SEMVER}) int
semver: (string) {_SEMVER}; (string, bool) {_SEMVER}
isSemver: (string) bool; (string, bool) bool
major: {_SEMVER}.() int
minor: {_SEMVER}.() int
patch: {_SEMVER}.() int
format.named: (string) optional_type({_FORMAT})
validate: {_FORMAT}.(string) optional_type(list(string))
"""
_PARAMETERS = ("A", "B")


@dataclass(frozen=True, slots=True)
class Overload:
    """One signature; the first parameter of a method is what it is called on."""

    method: bool
    parameters: tuple[Type, ...]
    result: Type


def result(function: str, arguments: list[Type], *, method: bool) -> Type | None:
    """The type of a call; None when no signature fits. Raises KeyError for what is no function."""
    found: list[Type] = []
    for overload in functions()[function]:
        if overload.method == method and len(overload.parameters) == len(arguments):
            known: dict[str, Type] = {}
            if all(_fits(part, given, known) for part, given in zip(overload.parameters, arguments, strict=True)):
                found.append(_filled(overload.result, known))
    if not found:
        return None
    return found[0] if all(kind == found[0] for kind in found) else DYN


def _fits(wanted: Type, given: Type, known: dict[str, Type]) -> bool:
    if wanted.name in _PARAMETERS:
        before = known.get(wanted.name)
        if before is None or (given.name != "null" and takes(given, before)):
            known[wanted.name] = given if before is None or before == DYN or before.name == "null" else before
            return True
        return takes(before, given)
    if DYN in (wanted, given):
        return True
    if wanted.name != given.name or len(wanted.inner) != len(given.inner):
        return takes(wanted, given)
    return all(_fits(part, other, known) for part, other in zip(wanted.inner, given.inner, strict=True))


def takes(wanted: Type, given: Type) -> bool:
    """Whether a value of one type can be where another is wanted."""
    if DYN in (wanted, given):
        return True
    if given.name == "null":
        return wanted.name in ("null", "duration", "timestamp") or wanted.is_object or "." in wanted.name
    same = wanted.name == given.name and len(wanted.inner) == len(given.inner)
    return same and all(takes(part, other) for part, other in zip(wanted.inner, given.inner, strict=True))


def _filled(kind: Type, known: Mapping[str, Type]) -> Type:
    if kind.name in _PARAMETERS:
        return known.get(kind.name, DYN)
    return Type(kind.name, tuple(_filled(part, known) for part in kind.inner), kind.fields, kind.is_object)


@cache
def functions() -> Mapping[str, list[Overload]]:
    """All functions by name."""
    found: dict[str, list[Overload]] = {}
    for line in f"{_STANDARD}{_EXTENDED}{_KUBERNETES}{_generated()}".split("\n"):
        name, _, signatures = line.partition(": ")
        for text in filter(None, map(str.strip, signatures.split(";"))):
            found.setdefault(name, []).append(_overload(text))
    return found


def _generated() -> str:
    lines = [f"{name}: timestamp.() int; timestamp.(string) int" for name in (*_PARTS, *_TIMES)]
    lines += [f"{name}: duration.() int" for name in _TIMES]
    lines += [f"{name}: list({kind}).() {kind}" for kind in _COMPARABLE for name in ("min", "max")]
    lines += [f"isSorted: list({kind}).() bool" for kind in _COMPARABLE]
    lines += [f"sort: list({kind}).() list({kind})" for kind in _COMPARABLE]
    lines += [f"sum: list({kind}).() {kind}" for kind in _SUMMABLE]
    lines += [f"format.{name}: () {_FORMAT}" for name in _FORMATS]
    lines += [f"{name}: {_IP}.() bool" for name in _ADDRESS_TESTS]
    lines += [f"{name}: {_URL}.() string" for name in _URL_PARTS]
    return "\n".join(lines)


def _overload(text: str) -> Overload:
    receiver, dot, rest = text.partition(".(")
    if not dot:
        receiver, rest = "", text[1:]
    depth, end = 1, 0
    while depth:
        depth += {"(": 1, ")": -1}.get(rest[end], 0)
        end += 1
    parameters = (*([receiver] if dot else []), *_split(rest[: end - 1]))
    return Overload(bool(dot), tuple(map(_type, parameters)), _type(rest[end:].strip()))


def _type(text: str) -> Type:
    name, _, inner = text.partition("(")
    return Type(name, tuple(map(_type, _split(inner[:-1]))))


def _split(text: str) -> list[str]:
    """Types between commas, those in parentheses left together."""
    return [part.strip() for part in re.findall(r"(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+", text) if part.strip()]
