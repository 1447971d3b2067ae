"""``kbevents agent``: the fake kb-agent as the process that it is in a Pod, in place of the real image."""

from __future__ import annotations

import argparse
import os
import queue
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pytest_kbevents.agent import logs
from pytest_kbevents.agent.config import environment as config
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.api.names import HTTP_PORT, STREAMING_PORT
from pytest_kbevents.cli.process import leave, on_signals, whole
from pytest_kbevents.client.fresh import fresh_http
from pytest_kbevents.environment.agent_life import Doors
from pytest_kbevents.environment.agent_process import AgentProcess
from pytest_kbevents.environment.bell import Bell
from pytest_kbevents.environment.ending import Heard, exit_code
from pytest_kbevents.environment.worker_process import WorkerProcess
from pytest_kbevents.errors import InputError
from pytest_kbevents.releases import DEFAULT_RELEASE

TRUE, FALSE = ("1", "t", "T", "true", "TRUE", "True"), ("0", "f", "F", "false", "FALSE", "False")
"""What Go takes for one."""
LARGEST_PORT = 65535

IGNORED_SWITCHES = (
    *("--add_dir_header", "--alsologtostderr", "--legacy_stderr_threshold_behavior", "--logtostderr"),
    *("--one_output", "--skip_headers", "--skip_log_headers"),
)
IGNORED = (
    *("--zap-stacktrace-level", "--zap-time-encoding", "--log_backtrace_at", "--log_dir", "--log_file"),
    *("--log_file_max_size", "--stderrthreshold", "--vmodule"),
)
"""kbagent's flags of zap and klog that say how it logs, and change nothing here."""


def add(commands: Any) -> None:
    """Declare the command."""
    text = "Run the fake kb-agent of one Pod, configured as kbagent is: by KB_AGENT_* in its environment, and by flags."
    epilog = (
        "What the database beside it does, it hears from the ConfigMap <pod>-database, as scenarios write it; until "
        "that is there, no probe runs. A kubeconfig that changes is read again; so is all that it names, after a "
        "request that got no answer."
    )
    parser: argparse.ArgumentParser = commands.add_parser(
        "agent", help=text, description=text, epilog=epilog, allow_abbrev=False
    )
    option = parser.add_argument
    option("--release", default=DEFAULT_RELEASE, metavar="NAME", help=f"whose agent it is; {', '.join(TABLE)}")
    option("--server", **_switch("true"), help="false: it is the worker, which does its Pod's tasks and ends")
    where = "else $KUBECONFIG, else the Pod's service account"
    option("--kubeconfig", default="", metavar="FILE", help=f"how the cluster is found; {where}")
    option("--address", default="0.0.0.0", metavar="IP", help="where it listens (default: %(default)s)")  # noqa: S104 - a Pod's ports are for others
    option("--port", default=str(HTTP_PORT), metavar="N", help="for HTTP; 0: any (default: %(default)s)")
    option("--streaming-port", default=str(STREAMING_PORT), metavar="N", help="for dumps (default: %(default)s)")
    option("--unix-socket", default="", metavar="DIR", help="HTTP at DIR/kbagent.socket instead of the port")
    option("--max-concurrency", metavar="N", help="connections to HTTP at once; the release's own when not given")
    option("--api-logging", **_switch("true"), help="a line for each call over HTTP (default: true)")
    _add_logging(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run until SIGINT or SIGTERM, which end it at once with 0; a panic ends it with 2, a mistake of ours with 1.

    Raises InputError for flags that cannot be used; otherwise it does not come back.
    """
    heard: Heard = queue.SimpleQueue()
    on_signals(heard.put)
    process = _process(options)
    leave(exit_code(lambda: process(heard)))


def _process(options: argparse.Namespace) -> Callable[[Heard], None]:
    """Checks all flags, and then may be run. Raises InputError."""
    if options.release not in TABLE:
        raise InputError(f"--release {options.release}: there is no such release; one of {', '.join(TABLE)}")
    doors, is_server = _doors(options), _boolean("--server", options.server)
    _log(options)
    bell = Bell()
    cluster = (fresh_http(options.kubeconfig or os.environ.get("KUBECONFIG", ""), bell.ring), bell)

    def serve(heard: Heard) -> None:
        settings = config.read(os.environ, needs_streaming=TABLE[options.release].needs_streaming)
        AgentProcess(settings, cluster, options.release, doors).run(heard)

    def work(heard: Heard) -> None:
        tasks = config.read_tasks(os.environ.get(config.TASK, ""))
        WorkerProcess(replace(config.read(os.environ), tasks=tasks), cluster, options.release).run(heard)

    return serve if is_server else work


def _doors(options: argparse.Namespace) -> Doors:
    most = options.max_concurrency
    return Doors(
        address=options.address,
        port=whole("--port", options.port, 0, LARGEST_PORT),
        streaming_port=whole("--streaming-port", options.streaming_port, 0, LARGEST_PORT),
        folder=options.unix_socket,
        max_concurrency=None if most is None else whole("--max-concurrency", most, 1),
        api_logging=_boolean("--api-logging", options.api_logging),
    )


def _switch(default: str) -> dict[str, Any]:
    """As in Go: ``--flag`` and ``--flag=false``."""
    return {"nargs": "?", "const": "true", "default": default, "metavar": "BOOL"}


def _boolean(flag: str, text: str) -> bool:
    if text not in (*TRUE, *FALSE):
        raise InputError(f"{flag} {text!r}: must be true or false")
    return text in TRUE


def _add_logging(parser: argparse.ArgumentParser) -> None:
    option = parser.add_argument_group("logging, to stderr").add_argument
    option("--zap-encoder", metavar="NAME", help=f"{' or '.join(logs.ENCODERS)} (default: {logs.JSON})")
    option("--zap-log-level", metavar="LEVEL", help=f"{', '.join(logs.LEVELS)}, or a number above 0 (default: info)")
    option("--zap-devel", **_switch("false"), help="console and debug, where the two above are not given")
    option = parser.add_argument_group("taken as kbagent takes them, without effect").add_argument
    option("-v", "--v", default="0", metavar="N")
    for flag in IGNORED:
        option(flag, metavar="VALUE")
    for flag in IGNORED_SWITCHES:
        option(flag, **_switch("false"))


def _log(options: argparse.Namespace) -> None:
    """Raises InputError."""
    is_devel = _boolean("--zap-devel", options.zap_devel)
    encoder = options.zap_encoder or (logs.CONSOLE if is_devel else logs.JSON)
    if encoder not in logs.ENCODERS:
        raise InputError(f"--zap-encoder {encoder!r}: must be {' or '.join(logs.ENCODERS)}")
    text = options.zap_log_level or ("debug" if is_devel else "info")
    try:
        least = logs.level(text)
    except ValueError as error:
        raise InputError(f"--zap-log-level {text!r}: {error}") from None
    logs.to_stderr(encoder, least)
