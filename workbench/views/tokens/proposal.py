"""Which exchange the tokens at hand call for, and why that one."""

from collections.abc import Iterator, Mapping, Sequence

from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.realm import Realm
from workbench.am.tokens.token import ACCESS_TOKEN, ID_TOKEN
from workbench.errors import NotYet
from workbench.views.page.plain import shorten
from workbench.views.tokens.claims import bare, facts, permitted
from workbench.views.tokens.seen import KnownToken, TranscriptLike, known_tokens

TYPE_OF = {"access_token": ACCESS_TOKEN, "id_token": ID_TOKEN}
"""The token type of each kind that can be exchanged (RFC 8693 section 3)."""


class Proposal(Mapping[str, str]):
    """The parameters of an exchange, by name. Tokens stay out of the repr.

    ``wb.client.exchange(secret=..., **proposal)`` sends it.

    Args:
        parameters: Without a secret, and without a scope.
        why: What was chosen and for what reason, in one sentence.
    """

    def __init__(self, parameters: Mapping[str, str], why: str) -> None:
        self._parameters, self.why = dict(parameters), why

    def __getitem__(self, name: str) -> str:
        return self._parameters[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)

    def __repr__(self) -> str:
        return f"<Proposal {', '.join(self)}: {self.why}>"


def propose_exchange(
    transcript: TranscriptLike, realm: Realm, client_id: str = ""
) -> Proposal:
    """The latest token that lets somebody act, for whom it lets, with their own token.

    Args:
        transcript: Where the tokens came.
        realm: Knows which clients may exchange.
        client_id: The client that exchanges; "" for whomever ``may_act`` names.

    Raises:
        NotYet: No active token names such a client; the message says what to do.
    """
    known = [token for token in known_tokens(transcript, realm) if _is_usable(token)]
    for subject in known:
        client = _actor_of(subject, realm, client_id)
        if client:
            return _proposal(subject, client, known)
    whom = client_id or "a client that may exchange"
    raise NotYet(
        f"No active token has a may_act that names {shorten(whom)}.",
        call="A may act script stamps one: get a token of a client that has a script.",
    )


def _is_usable(token: KnownToken) -> bool:
    return token.kind in TYPE_OF and token.opened.state == "active"


def _actor_of(token: KnownToken, realm: Realm, client_id: str) -> str:
    """The client that a token lets exchange it, or ""."""
    allowed = permitted(token.opened)
    named = (allowed.clients or list(map(bare, allowed.subs))) if allowed else []
    fit = (each for each in named if client_id in ("", each) and _may(realm, each))
    return next(fit, "")


def _may(realm: Realm, name: object) -> bool:
    client = realm.clients.get(name) if isinstance(name, str) else None
    return client is not None and TOKEN_EXCHANGE in client.grant_types


def _proposal(
    subject: KnownToken, client: str, known: Sequence[KnownToken]
) -> Proposal:
    found = {"client_id": client, **_sent("subject_token", subject)}
    why = [
        f"token {subject.number} about {shorten(bare(subject.opened.sub))} is the "
        f"latest whose may_act names who may exchange it: {shorten(client)}"
    ]
    allowed = permitted(subject.opened)
    subs = allowed.subs if allowed else []
    if not subs:
        why.append("may_act names no actor, so no actor token is sent")
        return Proposal(found, _sentence(why))
    actor = next((each for each in known if _is_own(each, client, subs)), None)
    if actor is None:
        why.append(
            f"the actor token is missing: {shorten(client)} has none of its own yet, "
            "and gets one by Client Credentials"
        )
    else:
        found |= _sent("actor_token", actor)
        why.append(f"token {actor.number} is its own, for the actor")
    return Proposal(found, _sentence(why))


def _is_own(token: KnownToken, client: str, subs: Sequence[object]) -> bool:
    """Whether a client got a token for itself, as the actor that is named."""
    return facts(token.opened).get("client_id") == client and token.opened.sub in subs


def _sent(name: str, token: KnownToken) -> dict[str, str]:
    return {name: token.value, f"{name}_type": TYPE_OF[token.kind]}


def _sentence(parts: Sequence[str]) -> str:
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."
