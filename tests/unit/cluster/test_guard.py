"""Which names sound like production."""

import pytest

from pytest_kbevents.cluster.guard import refuse_production
from pytest_kbevents.errors import SettingError


@pytest.mark.parametrize("name", ["prod", "eu-prod-1", "PRODUCTION", "arn:aws:eks:eu:1:cluster/prd", "live.example"])
def test_these_do(name):
    with pytest.raises(SettingError, match=r"sounds like production .*--kb-context, or say --kb-allow-production"):
        refuse_production({"context": name})


@pytest.mark.parametrize("name", ["kind-kbevents", "staging", "product-team", "reproduce", "alive", "liver", ""])
def test_these_do_not(name):
    refuse_production({"context": name})
