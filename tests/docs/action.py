"""The action for GitHub, read once: what its tests have in common."""

import yaml

from docs.snippets import DOCS

ROOT = DOCS.parent
ACTION = yaml.load((ROOT / "action.yml").read_text(), yaml.BaseLoader)
DEFAULTS = {name: each["default"] for name, each in ACTION["inputs"].items()}
STEPS = ACTION["runs"]["steps"]
SCRIPTS = {step["name"]: step for step in STEPS if "run" in step}
"""The steps with a shell snippet, by their names."""
