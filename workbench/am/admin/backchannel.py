"""What a person does with a client's request: approve it, or not."""

from collections.abc import Iterator, Mapping

from workbench.am.admin.audit import Event
from workbench.am.admin.recorder import Recorder, in_turn
from workbench.am.backchannel.request import (
    APPROVED,
    DENIED,
    EXPIRED,
    USED,
    WAITING,
    AnswerError,
    BackchannelRequest,
)
from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.expiring import Expiring
from workbench.am.basics.table import Table
from workbench.am.people.session import Session
from workbench.am.people.user import User

MOST = 10_000
"""How many requests are kept; beyond it go expired ones, and then the oldest."""


class BackchannelStore:
    """The backchannel requests of a realm, oldest first.

    Where AM's journey would push a question to the person's device, here it waits in
    this store; ``approve`` and ``deny`` are the person's finger on it. A request is
    forgotten a day after its end.

    Args:
        clock: Says when it is too late.
        ids: Makes what clients poll with.
        users: The people of today; nobody else can answer.
        recorder: Keeps the audit trail.

    Attributes:
        latest: The number of the latest request.
    """

    def __init__(
        self, clock: Clock, ids: Ids, users: Mapping[str, User], recorder: Recorder
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._users = users
        self._recorder = recorder
        self._requests = Expiring[BackchannelRequest](
            "backchannel requests", lambda request: request.expires, most=MOST
        )
        self.latest = 0  # of the latest; a table that was filled anew has its own

    @property
    def tables(self) -> tuple[Table[BackchannelRequest]]:
        """All that it keeps."""
        return (self._requests,)

    def __iter__(self) -> Iterator[BackchannelRequest]:
        return iter(self._requests.values())

    def __len__(self) -> int:
        return len(self._requests)

    def __repr__(self) -> str:
        return f"<BackchannelStore: {len(self)} asked, {len(self.waiting())} waiting>"

    def open(
        self,
        *,
        client_id: str,
        client_name: str,
        user: str,
        scope: tuple[str, ...],
        binding_message: str,
        acr_values: str,
        lifetime: int,
    ) -> BackchannelRequest:
        """Put a client's question to a person."""
        now = self._clock.now()
        latest = next(map(self._requests.get, reversed(self._requests)), None)
        self.latest = 1 + max(self.latest, latest.number if latest else 0)
        request = BackchannelRequest(
            number=self.latest,
            auth_req_id=self._ids.token(),
            client_id=client_id,
            client_name=client_name,
            user=user,
            scope=scope,
            binding_message=binding_message,
            acr_values=acr_values,
            expires=now + lifetime,
            grant_id=self._ids.token(),
        )
        self._requests.add(request.auth_req_id, request, now)
        return request

    def find(self, auth_req_id: str) -> BackchannelRequest | None:
        """The request of this value, answered or expired as it may be."""
        return self._requests.get(auth_req_id)

    def poll(self, request: BackchannelRequest) -> int | None:
        """Remember that its client asks now; when it did before, or None."""
        before, request.polled = request.polled, self._clock.now()
        self._requests.touch(request.auth_req_id)
        return before

    def use(self, request: BackchannelRequest) -> None:
        """Remember that tokens were issued for it."""
        request.used = True
        self._requests.touch(request.auth_req_id)

    def waiting(self, user: str | None = None) -> list[BackchannelRequest]:
        """The requests that can be answered now, of one person or of all."""
        return [
            each
            for each in self
            if each.state == WAITING
            and not self.has_expired(each)
            and user in (None, each.user)
        ]

    def has_expired(self, request: BackchannelRequest) -> bool:
        """Whether its time is over."""
        return self._clock.now() >= request.expires

    def state_of(self, request: BackchannelRequest) -> str:
        """What became of it, in a word: also ``expired``, and ``used`` for tokens."""
        if request.used:
            return USED
        late = request.state == WAITING and self.has_expired(request)
        return EXPIRED if late else request.state

    def can_answer(self, request: BackchannelRequest) -> bool:
        """Whether the person who is asked is still there, and active."""
        user = self._users.get(request.user)
        return user is not None and user.active

    def approve(
        self, auth_req_id: str | int, session: Session | None = None
    ) -> BackchannelRequest:
        """Say yes, as the person who is asked.

        Args:
            auth_req_id: What the client polls with, or the number of the request.
            session: The login that the person answers with; without one the person
                authenticates now, as a journey of AM would ask for.

        Raises:
            AnswerError: It cannot be answered, or not by this person.
        """
        return self._answer(auth_req_id, APPROVED, session)

    def deny(
        self, auth_req_id: str | int, session: Session | None = None
    ) -> BackchannelRequest:
        """Say no; takes and raises what :meth:`approve` does."""
        return self._answer(auth_req_id, DENIED, session)

    @in_turn
    def _answer(
        self, auth_req_id: str | int, state: str, session: Session | None
    ) -> BackchannelRequest:
        request = self._answerable(auth_req_id)
        if session is not None and session.user.name != request.user:
            raise AnswerError(
                f"Request {request.number} is put to {request.user}, "
                f"not to {session.user.name}."
            )
        request.state = state
        request.auth_time = session.since if session else self._clock.now()
        request.auth_level = session.auth_level if session else 0
        self._requests.touch(request.auth_req_id)
        text = f"{request.user} {state} request {request.number} of {request.client_id}"
        event = Event(
            time=self._clock.now(),
            kind="backchannel",
            client_id=request.client_id,
            summary=f"{text}.",
        )
        self._recorder.record(event)
        return request

    def _answerable(self, key: str | int) -> BackchannelRequest:
        found = next((e for e in self if key in (e.auth_req_id, e.number)), None)
        if found is None:
            raise AnswerError("There is no such backchannel request.")
        if found.state != WAITING:
            raise AnswerError(f"Request {found.number} was {found.state} before.")
        if self.has_expired(found):
            raise AnswerError(f"Request {found.number} has expired.")
        if not self.can_answer(found):
            raise AnswerError(
                f"{found.user} is not active, or not there any more, and cannot "
                f"answer request {found.number}."
            )
        return found
