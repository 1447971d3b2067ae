"""The cases by their names, ``topic.case``."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from conformance import cases
from conformance.api import Api


@dataclass(frozen=True)
class Case:
    """One behaviour."""

    topic: str
    name: str
    sentence: str
    run: Callable[[Api], None]

    @property
    def id(self):
        return f"{self.topic}.{self.name}"


def topics():
    """The modules of ``cases`` by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(cases.__path__))
    return {name: importlib.import_module(f"{cases.__name__}.{name}") for name in names}


def all_cases():
    """By topic, in the order they are written."""
    found = []
    for topic, module in topics().items():
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_"):
                assert function.__doc__, f"{topic}.{name} says no behaviour"
                found.append(Case(topic, name.rstrip("_"), " ".join(function.__doc__.split()), function))
    return found
