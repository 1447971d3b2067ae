"""How a definition says that its versions become one another."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

from pytest_kbevents.api import validity
from pytest_kbevents.apiserver.custom.defining import naming
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden, invalid, required, unsupported

_PLACE = "spec.conversion"
_CLIENT = f"{_PLACE}.webhookClientConfig"
_REVIEWS = f"{_PLACE}.conversionReviewVersions"
_FORM = "; desired format: https://host[/path]"


def check(conversion: Mapping[str, Any] | None, *, established: bool) -> Iterator[Cause]:
    """What is wrong with it; a certificate is looked at when the definition is established."""
    if conversion is None:
        return
    strategy, webhook = conversion.get("strategy") or "", conversion.get("webhook") or {}
    if not strategy:
        yield required(f"{_PLACE}.strategy")
    elif strategy not in ("None", "Webhook"):
        yield unsupported(f"{_PLACE}.strategy", strategy, ("None", "Webhook"))
    client, reviews = webhook.get("clientConfig"), webhook.get("conversionReviewVersions") or []
    if strategy == "Webhook":
        yield from _client(client, established=established)
        yield from _reviewed(reviews)
        return
    told = "should not be set when strategy is not set to Webhook"
    if client is not None:
        yield forbidden(_CLIENT, told)
    if reviews:
        yield forbidden(_REVIEWS, told)


def _client(client: Mapping[str, Any] | None, *, established: bool) -> Iterator[Cause]:
    if client is None:
        yield required(_CLIENT, "required when strategy is set to Webhook")
        return
    url, service = client.get("url"), client.get("service")
    if (url is None) == (service is None):
        yield required(_CLIENT, "exactly one of url or service is required")
    elif url is not None:
        yield from _url(url)
    elif service is not None:
        yield from _service(service)
    if established and (bundle := client.get("caBundle")) and not _is_bundle(bundle):
        yield invalid(
            f"{_CLIENT}.caBundle", bundle, "unable to load root certificates: unable to parse bytes as PEM block"
        )


def _url(url: str) -> Iterator[Cause]:
    place = f"{_CLIENT}.url"
    try:
        parts: SplitResult = urlsplit(url)
    except ValueError as error:
        yield required(place, f"url must be a valid URL: {error}{_FORM}")
        return
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme != "https":
        yield invalid(place, parts.scheme, f"'https' is the only allowed URL scheme{_FORM}")
    if not host:
        yield invalid(place, host, f"host must be specified{_FORM}")
    if "@" in parts.netloc:
        yield invalid(place, parts.netloc.rpartition("@")[0], "user information is not permitted in the URL")
    if parts.fragment:
        yield invalid(place, parts.fragment, "fragments are not permitted in the URL")
    if parts.query:
        yield invalid(place, parts.query, "query parameters are not permitted in the URL")


def _service(service: Mapping[str, Any]) -> Iterator[Cause]:
    place = f"{_CLIENT}.service"
    # the real server takes the name for the namespace, and the other way round
    for word, value in (("name", service.get("namespace")), ("namespace", service.get("name"))):
        if not value:
            yield required(f"{place}.{word}")
    port, path = service.get("port", 443), service.get("path")
    if not 1 <= port <= 65535:
        yield invalid(f"{place}.port", port, "port is not valid: must be between 1 and 65535, inclusive")
    if path and path != "/":
        yield from _path(path, f"{place}.path")


def _path(path: str, place: str) -> Iterator[Cause]:
    if path == "//":
        yield invalid(place, path, "segment[0] may not be empty")
        return
    if not path.startswith("/"):
        yield invalid(place, path, "must start with a '/'")
    for index, step in enumerate(path[1:].removesuffix("/").split("/")):
        if not step:
            yield invalid(place, path, f"segment[{index}] may not be empty")
            continue
        for problem in validity.dns_subdomain(step):
            yield invalid(place, path, f"segment[{index}]: {problem}")


def _reviewed(versions: list[str]) -> Iterator[Cause]:
    if not versions:
        yield required(_REVIEWS)
        return
    for index, version in enumerate(versions):
        place = f"{_REVIEWS}[{index}]"
        if version in versions[:index]:
            yield invalid(place, version, "duplicate version")
        else:
            yield from naming.label(version, place)
    if not {"v1", "v1beta1"} & set(versions):
        yield invalid(_REVIEWS, versions, "must include at least one of v1, v1beta1")


def _is_bundle(text: str) -> bool:
    try:
        return b"-----BEGIN CERTIFICATE-----" in base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
