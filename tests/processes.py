"""Commands of ours as processes, and what they say on stderr."""

import subprocess
import sys
import threading

from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

SECONDS = 40.0
"""How long anything may take."""
PROGRAM = "from pytest_kbevents.cli import main; raise SystemExit(main())"


def eventually(found, wanted=True):
    """Whether a function comes to say that, in time."""
    patience = Retrying(
        retry=retry_if_result(lambda value: value != wanted),
        wait=wait_fixed(0.05),
        stop=stop_after_delay(SECONDS),
        retry_error_callback=lambda state: state.outcome.result(),
    )
    return patience(found) == wanted


class Process:
    """A command, and what it said on stderr so far."""

    def __init__(self, arguments, environment):
        command = [sys.executable, "-c", PROGRAM, *arguments]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
        self._reader = threading.Thread(target=self._read)
        self.lines = []
        self._reader.start()

    def _read(self):
        for line in self._process.stderr:
            self.lines.append(line)

    def says(self, text):
        return eventually(lambda: any(text in line for line in self.lines) or self._process.poll() is not None) and any(
            text in line for line in self.lines
        )

    def signal(self, number):
        self._process.send_signal(number)

    def wait(self):
        code = self._process.wait(SECONDS)
        self._reader.join()
        return code

    def end(self):
        self._process.kill()
        self.wait()
        self._process.stderr.close()
