"""Out of an Event's message, what the probe said."""

from __future__ import annotations

from functools import lru_cache

from pytest_kbevents.api import gojson
from pytest_kbevents.api.messages import ProbeMessage

_SHAPE = {
    "instance": gojson.text,
    "probe": gojson.text,
    "code": gojson.int32,
    "output": gojson.octets,
    "message": gojson.text,
}


@lru_cache(maxsize=4096)
def decode(message: str) -> ProbeMessage:
    """Raises ValueError when the controller could not read it. Kept, since agents say the same again and again."""
    return ProbeMessage(**gojson.decode(message, _SHAPE))
