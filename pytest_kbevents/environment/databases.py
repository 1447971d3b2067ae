"""What the databases of a world were told to do."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.agent.database.script import KEY, Script, config_map_of, encode
from pytest_kbevents.api.resources import CONFIG_MAPS
from pytest_kbevents.environment.place import Place


class Databases:
    """Each hears of it through a ConfigMap, as it would in any cluster."""

    def __init__(self, place: Place) -> None:
        self._client, self._namespace = place.client, place.namespace
        self._scripts: dict[str, Script] = {}

    def tell(self, pod: str, **changes: Any) -> None:
        """That of ``pod`` does otherwise from now on: fields of ``Script`` that change; ``actions`` are added to those
        that it has been told of.
        """
        script = self.script(pod)
        actions = {**script.actions, **changes.pop("actions", {})}
        told = script.model_copy(update={"up": True, "actions": actions, **changes})
        data = {"data": {KEY: encode(told)}}
        if pod in self._scripts:
            self._client.patch(CONFIG_MAPS, self._namespace, config_map_of(pod), data)
        else:
            metadata = {"name": config_map_of(pod), "namespace": self._namespace}
            self._client.create(CONFIG_MAPS, {"metadata": metadata, **data})
        self._scripts[pod] = told

    def script(self, pod: str) -> Script:
        """What that of ``pod`` was told."""
        return self._scripts.get(pod, Script())
