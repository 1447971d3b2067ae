"""All tallies, by the key they are recognised by."""

from __future__ import annotations

from pytest_kbevents.scenario.tallies.events import Events
from pytest_kbevents.scenario.tallies.requests import Requests
from pytest_kbevents.scenario.tallies.tally import Tally
from pytest_kbevents.scenario.tallies.transitions import Transitions
from pytest_kbevents.scenario.tallies.writes import Writes

TALLIES: dict[str, type[Tally]] = {tally.key: tally for tally in (Writes, Requests, Events, Transitions)}
