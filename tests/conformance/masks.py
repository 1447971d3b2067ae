"""What differs from run to run, replaced by what does not: equal values by equal masks.

Times are masked when they are of 2024 or later: a case that sends a time sends an older one.
"""

import re
from collections.abc import Mapping

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"20(2[4-9]|[3-9]\d)-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
NUMBER = re.compile(r"<[^<>]*>|\b\d+\b")
OF_REVISIONS = re.compile(r"(?i)resource ?version")
CLUSTER_IP = re.compile(r"\b10\.0\.\d+\.\d+\b")
SUFFIX = "bcdfghjklmnpqrstvwxz2456789"
AGES = ("Age", "Since", "Last Seen", "First Seen")
PORTS = range(30000, 32768)


class Masks:
    """The masks of one transcript, numbered in the order the values appear."""

    def __init__(self, texts):
        """``texts``: what stands for a text of the case's own, such as its namespace."""
        self._texts = dict(texts)
        self._seen = {}
        self._generated = {}

    def text(self, value):
        """A text outside of any body."""
        for prefix, made in self._generated.items():
            value = made.sub(f"{prefix}<suffix>", value)
        for text, mask in self._texts.items():
            value = value.replace(text, mask)
        value = UUID.sub(lambda found: self._numbered("uid", found[0]), value)
        value = CLUSTER_IP.sub(lambda found: self._numbered("ip", found[0]), value)
        value = TIME.sub(lambda found: "<microtime>" if found[2] else "<time>", value)
        if OF_REVISIONS.search(value):
            value = NUMBER.sub(lambda found: self._number(found[0]), value)
        return value

    def revision(self, value):
        """A resourceVersion of an object."""
        return self._numbered("rv", value) if value.isdigit() and value != "0" else value

    def body(self, value):
        """A JSON value."""
        if isinstance(value, Mapping):
            if value.get("kind") == "Table":
                value = _without_ages(value)
            return {self.text(key): self._field(key, item, value) for key, item in value.items()}
        if isinstance(value, list):
            return [self.body(item) for item in value]
        return self.text(value) if isinstance(value, str) else value

    def learn(self, sent):
        """Names that the server will make up for a body."""
        prefix = sent["metadata"].get("generateName") if _has_metadata(sent) else None
        if isinstance(prefix, str) and prefix:
            self._generated[prefix] = re.compile(rf"{re.escape(prefix)}[{SUFFIX}]{{5}}(?![a-z0-9])")

    def _field(self, key, value, parent):
        if key == "resourceVersion" and isinstance(value, str):
            return self.revision(value) if "uid" in parent or "name" in parent else _of_a_list(value)
        if key == "continue" and value:
            return "<continue>"
        if key == "token" and isinstance(value, str) and value.count(".") == 2:
            return "<token>"
        if key in ("nodePort", "healthCheckNodePort") and value in PORTS:
            return f"<{key}>"
        return self.body(value)

    def _number(self, value):
        """In a text about resourceVersions."""
        return value if value == "0" or value.startswith("<") else self._seen.get(("rv", value), "<number>")

    def _numbered(self, kind, value):
        count = sum(1 for each, _ in self._seen if each == kind)
        return self._seen.setdefault((kind, value), f"<{kind} {count + 1}>")


def _of_a_list(value):
    """Of a list or a bookmark: other writers move it on."""
    return "<list rv>" if value not in ("", "0") else value


def _without_ages(table):
    """Cells that count the seconds since."""
    ages = [number for number, column in enumerate(table.get("columnDefinitions") or ()) if column["name"] in AGES]
    rows = [
        {**row, "cells": ["<age>" if n in ages else cell for n, cell in enumerate(row["cells"])]}
        for row in table["rows"]
    ]
    return {**table, "rows": rows}


def _has_metadata(sent):
    return isinstance(sent, Mapping) and isinstance(sent.get("metadata"), Mapping)
