"""Prints docs/reference/settings.md."""

import sys

from pytest_kbevents.settings import reference

sys.stdout.write(reference())
