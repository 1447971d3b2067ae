"""The streaming port: a handshake comes in, data goes out."""

import pytest

from pytest_kbevents.agent.actions.action import Action
from pytest_kbevents.agent.database.script import Conduct, Script
from pytest_kbevents.agent.database.scripted import ScriptedDatabase
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.agent.streams.network import Unreachable, Wires
from pytest_kbevents.agent.streams.streaming import Streaming
from pytest_kbevents.clock import SECOND

ASK = b'{"action":"dataDump"}'


@pytest.fixture
def database():
    return ScriptedDatabase("c1-mysql-0")


@pytest.fixture
def streaming(database, clock, release):
    actions = {"dataDump": Action("dataDump"), "slow": Action("slow", timeout=5)}
    return Streaming("kbagent/c1-mysql-0", actions, database, TABLE[release], clock)


@pytest.fixture
def network(streaming):
    network = Wires()
    network.listen("c1-mysql-0", "10.0.0.1", streaming.accept)
    return network


@pytest.fixture
def asked(network, streaming, drive):
    """Connect, say it in these pieces, and let some seconds pass; what came, and how it ended."""

    def asked(*pieces, seconds=0):
        connection = network.connect("c1-mysql-0.c1-mysql-headless.ns.svc.cluster.local", 3502, 5)
        for piece in pieces:
            connection.send(piece)
            drive([streaming])
        drive([streaming], seconds)
        came = b""
        while data := connection.take():
            came += data
        return came, "broken" if connection.broken() else "closed" if connection.over() else "open"

    return asked


def test_what_the_action_writes_comes_and_then_the_end(asked):
    assert asked(ASK) == (b"data of c1-mysql-0\n", "closed")


def test_a_handshake_may_come_in_pieces(asked):
    assert asked(ASK[:5], ASK[5:12], ASK[12:]) == (b"data of c1-mysql-0\n", "closed")


def test_a_character_may_come_in_pieces(asked, database):
    database.tell(Script(actions={"dataDump": Conduct(output="[[ parameters.a ]]")}))
    handshake = '{"action":"dataDump","parameters":{"a":"\u00e9"}}'.encode()
    cut = handshake.index(b"\xa9")
    assert asked(handshake[:cut], handshake[cut:]) == ("\u00e9".encode(), "closed")


def test_half_a_handshake_is_waited_for(asked):
    assert asked(ASK[:10], seconds=3600) == (b"", "open")


@pytest.mark.parametrize(
    "said",
    [b'{"action":"other"}', b'{"action":"roleProbe"}', b"nonsense", b"[]", b'{"action":5}', b"\xff\xfe{}", b"{}"],
    ids=["unknown", "not-listed", "no-json", "no-object", "wrong-type", "no-utf-8", "empty"],
)
def test_what_is_not_to_be_had_is_closed(asked, said):
    assert asked(said) == (b"", "closed")


@pytest.mark.parametrize(("release", "end"), [("main", "closed"), ("fixed", "broken")])
def test_a_dump_that_fails_ends_by_release(asked, database, end):
    database.tell(Script(actions={"dataDump": Conduct(output="half", exitCode=1)}))
    assert asked(ASK) == (b"half", end)


def test_a_connection_that_is_cut_breaks(asked, database):
    database.tell(Script(actions={"dataDump": Conduct(output="0123456789", cutAfter=4)}))
    assert asked(ASK) == (b"0123", "broken")


def test_a_dump_takes_its_time(asked, database):
    database.tell(Script(actions={"dataDump": Conduct(output="0123456789", latency=10 * SECOND)}))
    assert asked(ASK, seconds=4) == (b"0123", "open")


@pytest.mark.parametrize(("release", "came"), [("main", b"01234"), ("1.0.0", b"0123456789")])
def test_a_dump_is_killed_at_its_limit_by_release(asked, database, came):
    database.tell(Script(actions={"slow": Conduct(output="0123456789", latency=10 * SECOND)}))
    assert asked(b'{"action":"slow"}', seconds=11) == (came, "closed")


def test_large_data_comes_whole(asked, database):
    database.tell(Script(actions={"dataDump": Conduct(size=1_000_000)}))
    came, end = asked(ASK)
    assert (len(came), end) == (1_000_000, "closed")


def test_connections_are_served_side_by_side(network, streaming, drive):
    first, second = network.connect("10.0.0.1", 3502, 5), network.connect("c1-mysql-0", 3502, 5)
    first.send(ASK[:5])
    second.send(ASK)
    drive([streaming])
    assert (first.ready(), second.take()) == (False, b"data of c1-mysql-0\n")


def test_a_process_that_dies_closes_its_connections(network, streaming):
    connection = network.connect("c1-mysql-0", 3502, 5)
    streaming.stop()
    assert (connection.over(), connection.broken()) == (True, False)


def test_a_pod_whose_agent_is_away_refuses(network):
    network.leave("c1-mysql-0")
    with pytest.raises(Unreachable, match=r"dial tcp 10\.0\.0\.1:3502: connect: connection refused"):
        network.connect("c1-mysql-0.c1-mysql-headless", 3502, 5)


def test_a_pod_that_never_was_has_no_name(network):
    with pytest.raises(Unreachable, match="dial tcp: lookup c1-mysql-7: no such host"):
        network.connect("c1-mysql-7", 3502, 5)


def test_what_is_sent_into_a_closed_connection_is_lost(network, streaming, drive):
    connection = network.connect("c1-mysql-0", 3502, 5)
    connection.send(ASK)
    drive([streaming])
    connection.send(b"more")
    drive([streaming])
    assert streaming.due() is None


def test_what_a_real_command_wrote_before_it_was_killed_comes(network, clock, database, drive):
    database.tell(Script(actions={"quick": Conduct(command=["/bin/sh", "-c", "printf half; exec sleep 3600"])}))
    quick = Streaming("kbagent/c1-mysql-0", {"quick": Action("quick", timeout=1)}, database, TABLE["main"], clock)
    network.listen("c1-mysql-0", "10.0.0.1", quick.accept)
    connection = network.connect("c1-mysql-0", 3502, 5)
    connection.send(b'{"action":"quick"}')
    drive([quick])
    assert (connection.take(), connection.over()) == (b"half", True)


def test_brackets_without_end_are_closed(asked):
    assert asked(b"[" * 200_000) == (b"", "closed")


@pytest.mark.parametrize("cut", [b"tr", b"\\u00", b"-", b"nul"])
def test_a_handshake_may_be_cut_within_a_word(asked, cut):
    handshakes = {
        b"tr": b'{"action":"dataDump","rerun":true}',
        b"\\u00": b'{"action":"d\\u0061taDump"}',
        b"-": b'{"action":"dataDump","timeoutSeconds":-1}',
        b"nul": b'{"action":"dataDump","parameters":null}',
    }
    handshake = handshakes[cut]
    end = handshake.index(cut) + len(cut)
    assert asked(handshake[:end], handshake[end:]) == (b"data of c1-mysql-0\n", "closed")
