"""A small editor: it speaks to a language server over its standard streams."""

import itertools
import json
import queue
import subprocess
import threading

PATIENCE = 30
"""Seconds for one answer."""


class Editor:
    """One server that has been greeted. Places are (line, column), from 0, as the protocol has them."""

    def __init__(self, command, folder):
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self._numbers = itertools.count(1)
        self._heard = queue.Queue()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self._tell("initialized", {})
        settings = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
        self._tell("workspace/didChangeConfiguration", {"settings": {"yaml": settings}})

    def open(self, file):
        """The diagnostics of a file, once it is open."""
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": file.read_text()}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while True:
            said = self._next()
            if said.get("method") == "textDocument/publishDiagnostics" and said["params"]["uri"] == file.as_uri():
                return said["params"]["diagnostics"]

    def at(self, method, file, line, column):
        """What the server says of a place."""
        place = {"line": line, "character": column}
        return self.ask(method, {"textDocument": {"uri": file.as_uri()}, "position": place})

    def ask(self, method, params):
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            said = self._next()
            if said.get("id") == number and "method" not in said:
                assert "error" not in said, said["error"]
                return said["result"]

    def close(self):
        """Ends the server."""
        self._server.kill()
        self._server.wait()
        self._reader.join()
        self._server.stdin.close()
        self._server.stdout.close()

    def _tell(self, method, params):
        self._send({"method": method, "params": params})

    def _next(self):
        """The next message; what the server asks is answered with nothing."""
        said = self._heard.get(timeout=PATIENCE)
        assert said is not None, "the server has ended"
        if "id" in said and "method" in said:
            self._send({"id": said["id"], "result": None})
        return said

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._server.stdin.flush()

    def _listen(self):
        stream = self._server.stdout
        while header := stream.readline():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
            if header == b"\r\n":
                self._heard.put(json.loads(stream.read(length)))
        self._heard.put(None)
