"""Everything that can go wrong, in one tree.

KbEventsError
├─ InputError                what a user wrote cannot be used; the plugin turns it into pytest.UsageError
│  ├─ SettingError           a flag, ini value or environment variable
│  ├─ SelectionError         --kb-scenario names nothing, or two scenarios at once
│  └─ ScenarioError          a scenario file, with file, line and column
├─ ApiError                  the API server answered with a Status of code 400 or above
│  ├─ BadRequest             400
│  ├─ Unauthorized           401
│  ├─ Forbidden              403
│  ├─ NotFound               404
│  ├─ MethodNotAllowed       405
│  ├─ NotAcceptable          406
│  ├─ AlreadyExists          409, reason AlreadyExists
│  ├─ Conflict               409, reason Conflict
│  ├─ Gone                   410, reasons Gone and Expired
│  ├─ RequestEntityTooLarge  413
│  ├─ UnsupportedMediaType   415
│  ├─ Invalid                422
│  ├─ UnknownError           500, without a reason
│  └─ ServiceUnavailable     503
├─ ClusterFailed             a cluster does not come up, or has ended by itself
├─ NoAnswer                  the request may or may not have reached the API server
│  └─ NotSent                it has not: there is no connection
├─ NotNow                    a controller cannot do its work on an object yet; the object comes again
└─ JudgementFailed           a scenario's assertion does not hold; carries what was expected and seen

An InputError says the place and the remedy. An ApiError is never wrapped: callers decide by its class. Errors that
are not in this tree are mistakes of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


class KbEventsError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(KbEventsError):
    """What a user wrote cannot be used. The text names the place and the remedy."""


class SettingError(InputError):
    """A flag, an ini value or an environment variable is wrong."""


class SelectionError(InputError):
    """A selector matches no scenario, or a name stands for two of them."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file a person wrote; ``line`` and ``column`` count from 1, as editors do."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class ScenarioError(InputError):
    """A scenario file is wrong at ``position``."""

    def __init__(self, position: Position, problem: str) -> None:
        super().__init__(f"{position}: {problem}")
        self.position = position
        self.problem = problem


class ApiError(KbEventsError):
    """The API server's answer, as its Status says it (Kubernetes API conventions, "Response Status Kind")."""

    code: ClassVar[int] = 500
    reason: ClassVar[str] = "InternalError"

    def __init__(
        self,
        message: str,
        *,
        details: dict[str, Any] | None = None,
        code: int | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.metadata = metadata or {}
        self.details = details or {}
        self.detailed = details is not None
        """The Status has details, be they empty."""
        self.answered = self.code if code is None else code
        self.retry_after: int | None = None
        """Seconds after which the server wants to be asked again, where it says so."""


class BadRequest(ApiError):
    """The request itself makes no sense."""

    code, reason = 400, "BadRequest"


class Unauthorized(ApiError):
    """No token, or a wrong one."""

    code, reason = 401, "Unauthorized"


class Forbidden(ApiError):
    """The user may not do it, or nobody may."""

    code, reason = 403, "Forbidden"


class NotFound(ApiError):
    """No such object, or no such resource."""

    code, reason = 404, "NotFound"


class MethodNotAllowed(ApiError):
    """The resource is there, the verb is not."""

    code, reason = 405, "MethodNotAllowed"


class NotAcceptable(ApiError):
    """None of the media types the client accepts can be produced."""

    code, reason = 406, "NotAcceptable"


class AlreadyExists(ApiError):
    """Create of a name that is taken."""

    code, reason = 409, "AlreadyExists"


class Conflict(ApiError):
    """The object changed since the writer read it; read again and decide again."""

    code, reason = 409, "Conflict"


class Gone(ApiError):
    """The asked resourceVersion has been compacted away; list again."""

    code, reason = 410, "Expired"


class RequestEntityTooLarge(ApiError):
    """The body, or what it asks for, is more than the server takes at once."""

    code, reason = 413, "RequestEntityTooLarge"


class UnsupportedMediaType(ApiError):
    """The body's content type is not one this verb reads."""

    code, reason = 415, "UnsupportedMediaType"


class Invalid(ApiError):
    """The object breaks a rule of its kind; ``details.causes`` names the fields."""

    code, reason = 422, "Invalid"


class UnknownError(ApiError):
    """What a real server stumbles over without a Status of its own: its Status has a message and no reason."""

    code, reason = 500, ""


class ServiceUnavailable(ApiError):
    """The server is there and cannot serve now."""

    code, reason = 503, "ServiceUnavailable"


class ClusterFailed(KbEventsError):
    """A cluster does not come up, or has ended by itself; the text has the end of its log."""


class NoAnswer(KbEventsError):
    """The connection failed before an answer: a write may have been committed or not."""


class NotSent(NoAnswer):
    """There is no connection: nobody listens, or nothing says where and as whom to ask."""


class NotNow(KbEventsError):
    """A controller cannot go on with an object as things are: the same object comes again, later and later."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What was seen when an assertion came closest; ``revision`` is 0 where it was so from the start."""

    revision: int
    micros: int
    seen: Any


class JudgementFailed(KbEventsError):
    """An assertion of a scenario does not hold on the history.

    ``expected`` and ``seen`` are plain JSON values, made to be compared by a person. ``revision`` is the number of the
    one that broke it, where one did; ``nearest`` the closest that it came to holding. It is ``vacuous`` when nothing
    was judged: what it says may be so, and proves nothing. ``said_at`` is where the assertion stands, where that is not
    the step that was being taken.
    """

    def __init__(
        self,
        problem: str,
        *,
        expected: Any = None,
        seen: Any = None,
        revision: int | None = None,
        nearest: NearMiss | None = None,
        vacuous: bool = False,
        said_at: Position | None = None,
    ) -> None:
        super().__init__(problem)
        self.said_at = said_at
        self.problem = problem
        self.expected = expected
        self.seen = seen
        self.revision = revision
        self.nearest = nearest
        self.vacuous = vacuous
