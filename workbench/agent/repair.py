"""Doing what a remedy says, and sending the exchange again."""

from collections.abc import Mapping, Sequence

from workbench.agent.asked import is_exchange
from workbench.agent.client import AgentClient, Call, Transcript
from workbench.am.basics.types import Claims
from workbench.am.basics.words import counted
from workbench.am.exchange.decision import (
    CLIENT,
    PROFILE,
    PROVIDER,
    REQUEST,
    Decision,
)
from workbench.am.exchange.remedies.remedy import Remedy
from workbench.am.exchange.suggest import suggest_remedies
from workbench.am.reading.read_token import read_token
from workbench.am.realm import Realm
from workbench.am.scripts.script import MayActScript
from workbench.errors import NotYet


def remedies_of(realm: Realm) -> dict[str, tuple[Remedy, ...]]:
    """For each rule that failed in the last exchange, what would make it pass."""
    request = realm.last_exchange
    if request is None:
        return {}
    scripts = {each.id: each for each in realm.scripts.of(MayActScript)}
    return {
        check.rule: suggest_remedies(
            check, request, clients=realm.clients, scripts=scripts
        )
        for check in realm.audit.decision.failures
    }


def likeliest(
    decision: Decision | None, remedies: Mapping[str, Sequence[Remedy]]
) -> Remedy | None:
    """The remedy that is most likely meant: the first of the rule that refused.

    Args:
        decision: How the exchange came out, or None.
        remedies: As :func:`remedies_of` gives them.
    """
    refusal = decision.refusal if decision else None
    found = remedies.get(refusal.rule, ()) if refusal else ()
    return next(iter(found), None)


def likeliest_of(realm: Realm) -> Remedy:
    """The same of a realm's last exchange, to be done.

    Raises:
        NotYet: No exchange was refused, or the remedy is advice, which it says.
    """
    remedies = remedies_of(realm)
    best = likeliest(realm.audit.decision, remedies) if remedies else None
    if best is None:
        raise NotYet("The last exchange was not refused; there is nothing to repair.")
    if not best.applicable:
        raise NotYet(f"No call repairs this. {best.text}")
    return best


def exchanges(transcript: Transcript, realm: Realm) -> list[Call]:
    """The calls that asked this realm for an exchange, oldest first."""
    return [call for call in transcript if is_exchange(call, realm)]


def last_exchange(transcript: Transcript, realm: Realm) -> Call:
    """The last call that asked this realm for an exchange.

    Raises:
        NotYet: There was none, or it is not among them.
    """
    for call in reversed(transcript):
        if is_exchange(call, realm):
            return call
    if transcript.left_out:
        kept = counted(len(transcript), "call")
        raise NotYet(f"No exchange is among the latest {kept}, which are kept.")
    if realm.last_exchange is not None:
        raise NotYet(
            "The latest exchange is none of this bench's own calls: another program "
            "sent it, or it was sent before the store was opened.",
            call="wb.client.exchange(...) sends one that can be repaired.",
        )
    raise NotYet("No exchange has been sent yet.")


def repair(remedy: Remedy, call: Call, realm: Realm, client: AgentClient) -> Call:
    """Do what a remedy says, and send the call again.

    Args:
        remedy: One that is applicable.
        call: The exchange that was refused.
        realm: Where settings are changed.
        client: Sends the call, and gets a new token where one is needed.

    Raises:
        RegistrationError: The client of a setting, or of a token, is gone.
        NotYet: A new token was refused.
    """
    if remedy.sender:
        return _sent_by(remedy.sender, call, realm, client)
    changes: dict[str, str | None] = {}
    if remedy.where == PROVIDER:
        realm.set_provider(**remedy.changes)
    elif remedy.where == CLIENT:
        realm.update(remedy.client_id, **remedy.changes)
    elif remedy.where == PROFILE:
        realm.settings.use_profile(realm.profile.but(**remedy.changes))
    elif remedy.where == REQUEST:
        changes |= remedy.changes
    sent = dict(call.form)
    for role in remedy.renew:
        name = f"{role}_token"
        changes[name] = _renewed(
            read_token(realm, sent[name]).claims or {}, realm, client
        )
    return client.again(call, changes)


def _sent_by(sender: str, call: Call, realm: Realm, client: AgentClient) -> Call:
    """The exchange as another client sends it, as the actor by a token of its own."""
    owner, sent = realm.client(sender), dict(call.form)
    may_act = (read_token(realm, sent["subject_token"]).claims or {})["may_act"]
    actor, scope = None, sent.get("scope")
    if "sub" in may_act:
        own = client.client_credentials(sender, owner.secret or "", scope=scope)
        actor = own.access_token
    return client.exchange(
        sender,
        owner.secret or "",
        scope=scope,
        subject_token=sent["subject_token"],
        actor_token=actor,
    )


def _renewed(claims: Claims, realm: Realm, client: AgentClient) -> str:
    """A new token for the client that got one with these claims."""
    owner = realm.client(str(claims.get("client_id")))
    scope = " ".join(claims["scope"])
    call = client.client_credentials(owner.client_id, owner.secret or "", scope=scope)
    return call.access_token
