"""Log lines like kbagent's, which logs with zap: one JSON object a line, or columns for people."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

JSON, CONSOLE = "json", "console"
ENCODERS = (JSON, CONSOLE)
LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "error": logging.ERROR, "panic": logging.CRITICAL}
"""As ``--zap-log-level`` spells them; a number above 0 is that verbose, which is debug here."""
_NAMES = {"WARNING": "warn", "CRITICAL": "panic"}


def fields(**values: Any) -> dict[str, Any]:
    """``extra`` of a logging call: what a line says beside its message."""
    return {"fields": values}


def level(text: str) -> int:
    """Of logging, for one of ``LEVELS`` or a number. Raises ValueError."""
    if text.isascii() and text.isdigit() and int(text) > 0:
        return logging.DEBUG
    if text.lower() not in LEVELS:
        raise ValueError(f"must be one of {', '.join(LEVELS)}, or a number above 0")
    return LEVELS[text.lower()]


class Json(logging.Formatter):
    """``{"level":"info","ts":"2026-01-01T00:00:00.000Z","msg":"...","key":"value"}``."""

    def format(self, record: logging.LogRecord) -> str:
        first = {"level": _level(record), "ts": _time(record), "msg": record.getMessage()}
        return _encoded(first | _fields(record) | self._traceback(record))

    def _traceback(self, record: logging.LogRecord) -> dict[str, str]:
        if not record.exc_info:
            return {}
        return {"error": repr(record.exc_info[1]), "stacktrace": self.formatException(record.exc_info)}


class Console(logging.Formatter):
    """Time, level, message and the fields as JSON, between tabs; a traceback follows on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        found = _fields(record)
        columns = [_time(record), _level(record).upper(), record.getMessage().replace("\n", "\\n")]
        line = "\t".join(columns + ([_encoded(found)] if found else []))
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def to_stderr(encoder: str, least: int) -> None:
    """From now on, all that is logged at ``least`` or above."""
    handler = logging.StreamHandler()
    handler.setFormatter(Json() if encoder == JSON else Console())
    logging.basicConfig(level=least, handlers=[handler], force=True)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    found: dict[str, Any] = getattr(record, "fields", {})
    return found


def _level(record: logging.LogRecord) -> str:
    return _NAMES.get(record.levelname, record.levelname.lower())


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def _encoded(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=str)
