"""A folder with files that scenarios include, and with some that they had better not."""

from pathlib import Path

STEPS = "apiVersion: kbevents/v1\nkind: Steps\nmetadata: {name: s}\nspec:\n"
INCLUDED = [
    "steps.yaml",
    "self.yaml",
    "ping.yaml",
    "chain0.yaml",
    "missing.yaml",
    "folder",
    ".",
    "/",
    "..",
    "/dev/zero",
    "zero",
    "null",
]
INCLUDED += [
    "/dev/stdin",
    "/proc/self/mem",
    "/proc/kmsg",
    "loop",
    "binary.yaml",
    "big.yaml",
    "empty.yaml",
    "scenario.yaml",
    "a\0b",
]
INCLUDED += [
    "x" * 5000,
    "~",
    "templates",
    "more",
    "\ud800",
    "/sys",
    "fan0.yaml",
    "{{ x }}",
    "bad.yaml",
    "steps.yaml/x",
    "",
    "http://x/y",
]
FILES = {
    "steps.yaml": STEPS.encode() + b"  groups: {s: {steps: [{wait: 1s}]}}\n  templates: {t: {metadata: {name: t}}}\n",
    "self.yaml": f"{STEPS}  include: [self.yaml]\n".encode(),
    "ping.yaml": f"{STEPS}  include: [pong.yaml]\n".encode(),
    "pong.yaml": f"{STEPS}  include: [ping.yaml]\n".encode(),
    "bad.yaml": f"{STEPS}  groups: {{s: {{steps: [{{use: [}}]}}}}\n".encode(),
    "binary.yaml": bytes(range(256)),
    "empty.yaml": b"",
    "scenario.yaml": b"apiVersion: kbevents/v1\nkind: Scenario\n",
    "big.yaml": STEPS.encode() + b"  description: " + b"x" * 3_000_000 + b"\n",
    "templates/mine.yaml.j2": b"metadata: {name: {{ pod }}.mine}\n",
    "more/roleProbe.yaml.j2": b"metadata: {name: x}\n",
    **{f"chain{n}.yaml": f"{STEPS}  include: [chain{n + 1}.yaml]\n".encode() for n in range(300)},
    **{f"fan{n}.yaml": f"{STEPS}  include: [fan{n + 1}.yaml, fan{n + 1}.yaml]\n".encode() for n in range(40)},
    "fan40.yaml": STEPS.encode(),
    "chain300.yaml": STEPS.encode(),
}


def furnished(folder: Path):
    """A folder with what files include, or had better not."""
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
    (folder / "folder").mkdir(exist_ok=True)
    for name, target in {"loop": "loop", "zero": "/dev/zero", "null": "/dev/null"}.items():
        if not (folder / name).is_symlink():
            (folder / name).symlink_to(target)
    return folder
