"""Fresh certificates and keys for the servers of one session."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pytest_kbevents.errors import SettingError

HOSTS = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files in PEM. ``server`` holds a key and its chain, and is good as a client's, too."""

    authority: Path
    server: Path
    key: Path
    """Of no certificate: what ServiceAccounts' tokens are signed with."""


def write(folder: Path) -> Certificates:
    """Make an authority that is forgotten at once, and what it issued. Raises SettingError without the extra."""
    try:
        import trustme
    except ImportError:
        problem = "--kb-cluster envtest needs certificates: pip install 'pytest-kbevents[envtest]'"
        raise SettingError(problem) from None
    files = Certificates(folder / "ca.pem", folder / "server.pem", folder / "key.pem")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(files.authority)
    authority.issue_cert(*HOSTS).private_key_and_cert_chain_pem.write_to_path(files.server)
    authority.issue_cert(*HOSTS).private_key_pem.write_to_path(files.key)
    return files
