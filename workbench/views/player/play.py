"""A call, its event and its realm become steps: of what happened, or would."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from workbench.am.admin.audit import Event
from workbench.am.exchange.decision import Decision
from workbench.am.realm import Realm
from workbench.am.settings.values import GRANT_TYPES
from workbench.views.calls.call import (
    CallLike,
    RequestLike,
    body_json,
    path,
)
from workbench.views.page.plain import (
    disclosed_value,
    shorten,
    visible_text,
)
from workbench.views.player import step as stages
from workbench.views.player.asked import (
    brief,
    client_step,
    parameters_shown,
    request_step,
)
from workbench.views.player.ending import Ending, ending, supposed_ending
from workbench.views.player.opened import (
    Opened,
    new_token_step,
    opening_steps,
    token_brought,
    tokens_sent,
)
from workbench.views.player.rules import rule_steps
from workbench.views.player.scripts import script_steps
from workbench.views.player.step import (
    FAILED,
    PASSED,
    UNREACHED,
    Facts,
    Play,
    PlayStep,
)


class SupposedLike(RequestLike, Protocol):
    """An exchange that nobody sent, and how it would be decided."""

    @property
    def changed(self) -> tuple[str, ...]:
        """The parameters that were changed."""

    @property
    def decision(self) -> Decision:
        """How it would be decided."""

    @property
    def waits(self) -> bool:
        """Whether only a script could say how it goes on."""


def play(call: CallLike, event: Event | None, realm: Realm, title: str = "") -> Play:
    """What the server did with a call, step by step.

    Args:
        call: The request and its answer.
        event: What the audit trail keeps of it, or None.
        realm: The realm that it went to, which opens its tokens.
        title: What to call it; by default what it asks, and who.
    """
    ended = ending(call, event)
    sent, brought = tokens_sent(call, realm), token_brought(call, realm)
    steps = [*_until_decided(call, ended, sent)]
    steps += _afterwards(call, ended, steps, brought)
    return _play(call, ended, (*sent, *brought), steps, title)


def supposed_play(asked: SupposedLike, realm: Realm) -> Play:
    """The steps of an exchange that nobody sent; it ends where its rules do.

    Args:
        asked: The exchange with its decision.
        realm: The realm that opens its tokens.
    """
    ended = supposed_ending(asked.decision, waits=asked.waits)
    sent = tokens_sent(asked, realm)
    steps = [*_until_decided(asked, ended, sent)]
    steps.append(_would_end(ended, steps))
    title = "; ".join(_change(name, dict(asked.form)) for name in asked.changed)
    made = _play(asked, ended, sent, steps, f"What if {title or 'nothing changes'}")
    return replace(made, supposed=True, changed=asked.changed)


def _change(name: str, form: dict[str, str]) -> str:
    """One parameter and what it would be, cut short as everywhere."""
    if name not in form:
        return f"{visible_text(name)} is left out"
    return f"{visible_text(name)} is {brief(disclosed_value(name, form[name]))}"


def _play(
    call: RequestLike,
    ended: Ending,
    tokens: Opened,
    steps: Iterable[PlayStep],
    title: str,
) -> Play:
    who = ended.client_id or dict(call.form).get("client_id", "") or _person(call)
    what = dict(call.form).get("grant_type", "").rpartition(":")[2] or path(call)
    named = title or f"{who or 'somebody'}: {what}"
    return Play(
        title=shorten(named, 120),
        client=shorten(who),
        request=parameters_shown(call),
        tokens=tokens,
        scripts=ended.scripts,
        decision=ended.decision,
        steps=tuple(steps),
    )


def _person(call: RequestLike) -> str:
    """Who logs in, where a request is about that; else ""."""
    headers = {name.lower(): value for name, value in call.request_headers}
    return headers.get("x-openam-username", "")


def _until_decided(
    call: RequestLike, ended: Ending, sent: Opened
) -> Iterator[PlayStep]:
    """The request, the client, the tokens and the rules, until one decides."""
    first = request_step(call, ended)
    yield first
    if first.decides:
        return
    client = client_step(call, ended)
    if client is not None:
        yield client
        if client.decides:
            yield from rule_steps(ended.decision) if ended.decision else ()
            return
    opened = tuple(role for role, _ in sent)
    yield from opening_steps(sent)
    if ended.decision is None:
        yield from _grant(call, ended, opened)
        yield from script_steps(ended, opened)
        return
    yield from _with(rule_steps(ended.decision), opened)
    yield from script_steps(ended, opened)


def _with(steps: Iterable[PlayStep], opened: tuple[str, ...]) -> Iterator[PlayStep]:
    return (replace(each, opened=opened) for each in steps)


def _grant(
    call: RequestLike, ended: Ending, opened: tuple[str, ...]
) -> Iterator[PlayStep]:
    """What a grant without a decision checks: its sentence, or why it refused."""
    kind = dict(call.form).get("grant_type")
    if kind is None and not ended.error:
        return
    name = GRANT_TYPES.get(kind, kind) if kind else path(call)
    failed = bool(ended.error) and not ended.scripts
    what = "the grant type, what it needs and the scopes" if kind else "what it asks"
    yield PlayStep(
        stage=stages.GRANT,
        title=shorten(f"{name}: {'it is refused' if failed else 'it may be had'}", 90),
        state=FAILED if failed else PASSED,
        said=brief(ended.why or ended.description)
        if failed
        else f"PingAM checks {what}; only an exchange is decided rule by rule here.",
        facts=((("Error", brief(ended.error)),) if failed else _scope(call)),
        source="RFC 6749 sections 4 to 6" if kind else "",
        decides=failed,
        looks=("request.grant_type", "request.scope"),
        opened=opened,
    )


def _scope(call: RequestLike) -> Facts:
    scope = dict(call.form).get("scope")
    return (("Scope asked for", brief(scope) if scope else "none: the default counts"),)


def _afterwards(
    call: CallLike, ended: Ending, steps: list[PlayStep], brought: Opened
) -> Iterator[PlayStep]:
    """What was not reached, or the new token; and the answer."""
    opened = steps[-1].opened
    decided = any(each.decides for each in steps)
    if brought:
        yield new_token_step(call, brought[0][1], opened)
        opened = (*opened, stages.ISSUED)
    elif decided and "grant_type" in dict(call.form):
        yield _unreached(steps)
    yield _answer(call, ended, opened, decided=decided)


def _unreached(steps: list[PlayStep]) -> PlayStep:
    return PlayStep(
        stage=stages.TOKEN,
        title="No token is signed: not reached",
        state=UNREACHED,
        said="What refuses ends the request; nothing behind it happens.",
        opened=steps[-1].opened,
    )


def _answer(
    call: CallLike, ended: Ending, opened: tuple[str, ...], *, decided: bool
) -> PlayStep:
    """The terse answer, and beside it what only the trail says."""
    body = body_json(call)
    members = body.items() if isinstance(body, dict) else ()
    told = tuple((visible_text(n), brief(disclosed_value(n, v))) for n, v in members)
    failed = call.status >= 400
    beside = (("Told beside, never sent", brief(ended.why)),) if ended.why else ()
    if not ended.known:
        beside = (("Audit trail", "it keeps nothing of this call"),)
    return PlayStep(
        stage=stages.ANSWER,
        title=f"The answer: {visible_text(ended.answer)}",
        state=FAILED if failed else PASSED,
        said="The wire says little; the reason is told beside it." if failed else "",
        facts=(*told[:12], *beside),
        source="RFC 6749 section 5.2" if failed else "RFC 6749 section 5.1",
        decides=failed and not decided,
        opened=opened,
    )


def _would_end(ended: Ending, steps: list[PlayStep]) -> PlayStep:
    """Where an exchange that nobody sent would end."""
    opened = steps[-1].opened
    if ended.waits:
        return PlayStep(
            stage=stages.ANSWER,
            title="It waits for a script",
            state=UNREACHED,
            said="Only the scope validation script could say; it is not run here.",
            opened=opened,
        )
    if ended.error:
        return PlayStep(
            stage=stages.ANSWER,
            title=f"The answer would be: {ended.error}",
            state=FAILED,
            said="Nothing was sent, issued or recorded.",
            facts=(
                ("error_description", brief(ended.description)),
                ("Told beside, never sent", brief(ended.why)),
            ),
            opened=opened,
        )
    return PlayStep(
        stage=stages.ANSWER,
        title="It would be granted",
        said="Nothing was issued or recorded; a may act script would still run.",
        facts=_given(ended.decision),
        opened=opened,
    )


def _given(decision: Decision | None) -> Facts:
    """What a new token would be given."""
    grant = decision.grant if decision else None
    if grant is None:
        return ()
    acts = (("act", brief(grant.act)),) if grant.act is not None else ()
    scope = ("scope", brief(" ".join(grant.scope) or "none"))
    return (("Kind", grant.kind), scope, *acts)
