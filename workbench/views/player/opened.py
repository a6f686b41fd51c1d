"""The tokens that a call sent and brought, laid open, and the steps that open them."""

from collections.abc import Iterator

from workbench.am.reading.read_token import inspect_token
from workbench.am.realm import Realm
from workbench.am.tokens.inspection import Inspection
from workbench.views.calls.call import CallLike, RequestLike, body_json
from workbench.views.page.plain import inline, visible_text
from workbench.views.player import step as stages
from workbench.views.player.asked import brief
from workbench.views.player.step import FAILED, ISSUED, PASSED, Facts, PlayStep
from workbench.views.tokens.claims import act_of, bare, facts, scope_of
from workbench.views.tokens.token import time_left

SENT = {
    "actor_token": stages.ACTOR,
    "subject_token": stages.SUBJECT,
    "refresh_token": "refresh token",
    "token": "token",
}
"""Parameters that are tokens, in the order in which a chain is drawn of them."""

_TITLES = {
    stages.SUBJECT: (stages.SUBJECT, "subject"),
    stages.ACTOR: (stages.ACTOR, "actor"),
}

Opened = tuple[tuple[str, Inspection], ...]


def tokens_sent(call: RequestLike, realm: Realm) -> Opened:
    """The tokens among the parameters, by role."""
    sent = dict(call.form)
    return tuple(
        (role, inspect_token(realm, sent[name], role))
        for name, role in SENT.items()
        if sent.get(name)
    )


def token_brought(call: CallLike, realm: Realm) -> Opened:
    """The token that was asked for, where the answer carries one."""
    body = body_json(call) if call.status == 200 else None
    value = body.get("access_token") if isinstance(body, dict) else None
    if not isinstance(value, str):
        return ()
    return ((ISSUED, inspect_token(realm, value, ISSUED)),)


def opening_steps(tokens: Opened) -> Iterator[PlayStep]:
    """The subject token first, then the actor token; of other calls, theirs."""
    order = sorted(tokens, key=lambda each: each[0] == stages.ACTOR)
    opened: tuple[str, ...] = ()
    for role, token in order:
        opened = (*opened, role)
        genuine = token.genuine
        yield PlayStep(
            stage=_TITLES.get(role, (stages.SUBJECT, ""))[0],
            title=f"The {role} is opened"
            if genuine
            else f"The {role} is none of this realm",
            state=PASSED if genuine else FAILED,
            said=_about(token) if genuine else visible_text(token.signature),
            facts=_facts(token),
            source="RFC 7519; RFC 8693 section 2.1" if role in _TITLES else "RFC 6749",
            looks=tuple(f"{role}.{name}" for name in ("sub", "may_act", "act")),
            opened=opened,
        )


def _about(token: Inspection) -> str:
    acts = act_of(token)
    sub = visible_text(bare(token.sub))
    if acts is not None:
        return f"It is about {sub}; {visible_text(bare(acts.get('sub', '')))} acts."
    return f"It is about {sub}, and names no actor."


def _facts(token: Inspection) -> Facts:
    known = facts(token)
    shown = [("Form", f"{token.form}; {visible_text(token.signature)}")]
    for name in ("sub", "act", "may_act", "client_id"):
        if name in known:
            shown.append((name, brief(known[name])))
    if token.claims is not None:
        shown.append(("scope", brief(scope_of(token) or "none")))
        if "may_act" not in known:
            shown.append(("may_act", "none: it lets nobody act"))
    if token.state != "active":
        shown.append(("By now", visible_text(token.state)))
    return tuple(shown)


def new_token_step(
    call: CallLike, token: Inspection, opened: tuple[str, ...]
) -> PlayStep:
    """The token as it was signed or kept, with what came beside it."""
    known, header = facts(token), token.header or {}
    signed = token.header is not None
    shown = [("Form", visible_text(token.form))]
    shown += [(n, brief(header[n])) for n in ("alg", "kid", "enc") if n in header]
    for name in ("sub", "act", "may_act", "scope"):
        if name in known:
            value = scope_of(token) if name == "scope" else known[name]
            shown.append((name, brief(value)))
    if "exp" in known:
        left = time_left("exp", known["exp"], token.now)
        shown.append(("exp", f"{inline(known['exp'])}{f', {left}' if left else ''}"))
    body = body_json(call) or {}
    beside = [n for n in ("refresh_token", "id_token") if body.get(n)]
    if beside:
        shown.append(("Beside it", ", ".join(beside)))
    return PlayStep(
        stage=stages.TOKEN,
        title="The new token is signed" if signed else "The new token is kept",
        said=_about(token),
        facts=tuple(shown),
        source="RFC 7515; RFC 8693 section 4.1" if signed else "PingAM 8.1, tokens",
        looks=tuple(f"{ISSUED}.{n}" for n in ("sub", "act", "may_act", "scope", "exp")),
        opened=(*opened, ISSUED),
    )
