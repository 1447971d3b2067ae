"""What a real kube-apiserver answered, by topic and case."""

import difflib
import json
from pathlib import Path

WIDTH = 120
FOLDER = Path(__file__).parent / "expected"


def read(topic):
    """All cases of a topic; none when it was never recorded."""
    file = FOLDER / f"{topic}.json"
    return json.loads(file.read_text()) if file.exists() else {}


def write(topic, transcripts):
    """Replace those cases of the topic."""
    (FOLDER / f"{topic}.json").write_text("\n".join(_lines(transcripts)) + "\n")


def difference(expected, seen):
    """Each call that differs, as a diff of what the real server answered (-) and what was seen (+)."""
    lines = []
    for number in range(max(len(expected), len(seen))):
        before = expected[number] if number < len(expected) else {}
        after = seen[number] if number < len(seen) else {}
        if before != after:
            lines.append(f"call {number + 1}: {(before or after)['call']}")
            lines += _diff(_lines(before), _lines(after))
    return "\n".join(lines)


def _lines(value, key="", indent=0, end=""):
    """JSON with sorted keys, on one line where it fits."""
    head = f"{' ' * indent}{f'{json.dumps(key)}: ' if key else ''}"
    line = f"{head}{json.dumps(value, sort_keys=True, ensure_ascii=False)}{end}"
    if len(line) <= WIDTH or not (value and isinstance(value, (dict, list))):
        return [line]
    entries = sorted(value.items()) if isinstance(value, dict) else [("", item) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    lines = [head + opening]
    for number, (name, item) in enumerate(entries, 1):
        lines += _lines(item, name, indent + 1, "," if number < len(entries) else "")
    return [*lines, f"{' ' * indent}{closing}{end}"]


def _diff(before, after):
    return [f"  {line}" for line in list(difflib.unified_diff(before, after, n=4, lineterm=""))[2:]]
