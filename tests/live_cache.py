"""A cache that is never late: it reads the server."""

from pytest_kbevents.api.objects import key_of
from pytest_kbevents.controller.ranking import Ranking
from pytest_kbevents.reconciler.manager import event_rankings
from pytest_kbevents.reconciler.role.takeover import BY_ROLE, by_role

INDEXES = {BY_ROLE: by_role}


class LiveCache:
    """What a reconciler of ``behaviours`` reads, out of one namespace."""

    def __init__(self, live, namespace, behaviours):
        self.get, self.list = live.get, live.list
        self._namespace = namespace
        self._rankings = event_rankings(behaviours)

    def by_index(self, resource, index, value):
        return [obj for obj in self.list(resource, self._namespace) if value in INDEXES[index](obj)]

    def greatest(self, resource, ranking, value):
        return self._ranking(resource, ranking).greatest(value)

    def ranked(self, resource, ranking, value):
        return self._ranking(resource, ranking).all(value)

    def _ranking(self, resource, name):
        ranking = Ranking(self._rankings[name])
        for obj in self.list(resource, self._namespace):
            ranking.put(key_of(obj), obj)
        return ranking
