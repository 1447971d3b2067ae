"""From a request's headers to the user who asks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from pytest_kbevents.api.http import Request
from pytest_kbevents.api.objects import uid_of
from pytest_kbevents.apiserver.access.users import AUTHENTICATED, LOOPBACK, User
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.errors import BadRequest, Unauthorized

ANONYMOUS = User("system:anonymous", ("system:unauthenticated",))
ISSUER = "https://kubernetes.default.svc"
ACCOUNT_PREFIX = "system:serviceaccount:"


class Authentication:
    """Static tokens, and tokens of ServiceAccounts that this server issued."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._secret = b"kbevents"
        self._tokens: dict[str, User] = {}

    def accept(self, token: str, user: User) -> None:
        """Let ``token`` stand for ``user``, and make the tokens that are issued from now on nobody else's."""
        self._tokens[token] = user
        self._secret = hashlib.sha256(self._secret + token.encode()).digest()

    def user(self, request: Request) -> User:
        """Who asks: without an ``authorization`` header somebody in process, with an empty one nobody known.

        Raises:
            Unauthorized: a token that nobody has.
        """
        if not request.headers:
            return LOOPBACK
        given = request.headers.get("authorization")
        if given is None:
            return LOOPBACK
        scheme, _, token = given.partition(" ")
        if not given:
            return ANONYMOUS
        if scheme.lower() != "bearer":
            return ANONYMOUS
        user = self.holder(token.strip())
        if user is None:
            raise Unauthorized("Unauthorized")
        return user

    def holder(self, token: str) -> User | None:
        """Whose token it is; None when it is nobody's, or no longer."""
        for known, user in self._tokens.items():
            if hmac.compare_digest(known.encode(), token.encode("utf-8", "surrogatepass")):
                return user
        return self._account(token)

    def issue(self, namespace: str, name: str, uid: str, seconds: int) -> tuple[str, int]:
        """A token of a ServiceAccount, and when it ends (microseconds since the epoch)."""
        now = self._clock.micros() // SECOND
        claims = {
            "aud": [ISSUER],
            "exp": now + seconds,
            "iat": now,
            "iss": ISSUER,
            "kubernetes.io": {"namespace": namespace, "serviceaccount": {"name": name, "uid": uid}},
            "sub": f"{ACCOUNT_PREFIX}{namespace}:{name}",
        }
        signed = f"{_encoded({'alg': 'HS256'})}.{_encoded(claims)}"
        return f"{signed}.{self._signature(signed)}", (now + seconds) * SECOND

    def _account(self, token: str) -> User | None:
        signed, _, signature = token.rpartition(".")
        if not hmac.compare_digest(self._signature(signed).encode(), signature.encode("utf-8", "surrogatepass")):
            return None
        claims = json.loads(base64.urlsafe_b64decode(signed.partition(".")[2] + "=="))
        of_account = claims["kubernetes.io"]
        namespace, account = of_account["namespace"], of_account["serviceaccount"]
        stored = self._store.get("serviceaccounts", (namespace, account["name"]))
        if claims["exp"] * SECOND <= self._clock.micros() or stored is None or uid_of(stored) != account["uid"]:
            return None
        groups = ("system:serviceaccounts", f"system:serviceaccounts:{namespace}", AUTHENTICATED)
        return User(claims["sub"], groups, account["uid"])

    def _signature(self, text: str) -> str:
        digest = hmac.new(self._secret, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def impersonated(request: Request) -> User | None:
    """Who the request wants to be instead; None when it does not."""
    name = request.headers.get("impersonate-user", "")
    groups = tuple(filter(None, request.headers.get("impersonate-group", "").split("\n")))
    if not name:
        uid = request.headers.get("impersonate-uid", "")
        if groups or uid:
            listed = "{" + ", ".join(f'"{group}"' for group in groups) + "}"
            who = f'&user.DefaultInfo{{Name:"", UID:"{uid}", Groups:[]string{listed}, Extra:map[string][]string(nil)}}'
            raise BadRequest(f"requested {who} without impersonating a user name")
        return None
    if name.startswith(ACCOUNT_PREFIX) and not groups:
        namespace = name.split(":")[2]
        groups = ("system:serviceaccounts", f"system:serviceaccounts:{namespace}")
    extra = () if AUTHENTICATED in groups or name == ANONYMOUS.name else (AUTHENTICATED,)
    return User(name, (*groups, *extra), request.headers.get("impersonate-uid", ""))


def _encoded(value: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")
