"""The document of what is the same and what is not."""

from collections import Counter

from conformance import catalog, fidelity
from conformance.known import KNOWN


def test_the_document_is_what_the_cases_and_the_known_differences_say(request):
    if request.config.getoption("write_fidelity", default=False):
        fidelity.FILE.write_text(fidelity.document())
    assert fidelity.FILE.read_text() == fidelity.document()


def test_what_is_known_to_differ_is_a_case():
    assert set(KNOWN) - {case.id for case in catalog.all_cases()} == set()


def test_no_two_cases_of_a_topic_say_the_same():
    told = [(case.topic, case.sentence) for case in catalog.all_cases()]
    assert sorted({each for each in told if told.count(each) > 1}) == []


def test_there_are_enough_cases():
    assert len(catalog.all_cases()) >= 200


def test_at_least_97_of_100_cases_agree_on_each_of_our_servers():
    differing = Counter(server for servers, _ in KNOWN.values() for server in servers)
    assert {server: count for server, count in differing.items() if count > 0.03 * len(catalog.all_cases())} == {}
