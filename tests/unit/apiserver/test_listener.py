"""The server on a port: what only its threads show."""

import socket
from types import SimpleNamespace

from pytest_kbevents.apiserver.listener import Listener
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.clock import VirtualClock


def test_a_connection_that_is_handed_back_while_the_server_stops_is_closed():
    """More precisely: between cheroot's look whether it stops, and its use of the selector."""
    listener = Listener(Server(VirtualClock()), "t0ken")
    listener.start()
    listener.stop()
    closed = []
    here = socket.socket()
    connection = SimpleNamespace(
        rfile=SimpleNamespace(has_data=lambda: False), socket=here, close=lambda: closed.append(True)
    )
    listener._http.ready = True
    listener._http.put_conn(connection)
    here.close()
    assert closed == [True]
