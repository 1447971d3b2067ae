"""Names and uids that a server gives: all of one seed, so that a run can be repeated, and a fork goes on alike."""

from __future__ import annotations

import hashlib
import uuid

_ALPHABET = "bcdfghjklmnpqrstvwxz2456789"
"""Letters of generated names: none that could spell a word."""
SUFFIX = 5
"""How many of them."""
PREFIX_LIMIT = 63 - SUFFIX


class Identity:
    """A sequence that a seed and a count determine."""

    def __init__(self, seed: str, count: int = 0) -> None:
        self._seed = seed
        self._count = count

    def uid(self) -> str:
        """A fresh uid, of version 4."""
        return str(uuid.UUID(bytes=self._next(), version=4))

    def name(self, prefix: str) -> str:
        """``prefix``, cut to leave room, and five random letters."""
        letters = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in self._next()[:SUFFIX])
        return prefix[:PREFIX_LIMIT] + letters

    def fork(self) -> Identity:
        """The same from here on."""
        return Identity(self._seed, self._count)

    def _next(self) -> bytes:
        self._count += 1
        return hashlib.blake2b(f"{self._seed} {self._count}".encode(), digest_size=16).digest()
