"""What can be done to the processes in Pods that a kubelet runs."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pytest_kbevents.client.login import configured
from pytest_kbevents.errors import InputError

END_PROCESS = ("python3", "-SE", "-c", "import os; os.kill(1, 15)")
"""A container's first process hears no SIGKILL from inside. Ours end at once, and the kubelet starts them anew."""

ENDS_WITHIN = 10
"""Seconds."""


def end(kubeconfig: Path, namespace: str, pod: str, container: str) -> None:
    """End a container's process. Raises InputError when it cannot be reached."""
    from kubernetes import client
    from kubernetes.client.exceptions import ApiException
    from kubernetes.stream import stream

    with client.ApiClient(configured(str(kubeconfig))) as api:
        call = client.CoreV1Api(api).connect_get_namespaced_pod_exec
        about = {"container": container, "command": list(END_PROCESS), "stdout": True, "stderr": True}
        try:
            answer = stream(call, pod, namespace, _preload_content=False, **about)
            with closing(answer), closing(answer.sock.sock):  # which the former forgets once the other side has closed
                answer.run_forever(timeout=ENDS_WITHIN)
        except ApiException as error:
            reason = " ".join(str(error.reason).split())
            raise InputError(f"container {container} of Pod {pod} cannot be killed: {reason}") from None
