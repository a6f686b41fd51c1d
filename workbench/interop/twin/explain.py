"""Why another server refused an exchange, as far as can be said from here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.agent.captured.exchange import (
    CapturedAnswer,
    CapturedExchange,
    PasteError,
)
from workbench.agent.captured.pasted import read_claims, read_exchange_text
from workbench.am.basics.secrets import (
    HIDDEN_HEADERS,
    MASK,
    SECRETS,
    TOKENS,
    hide_credentials,
    safe_text,
)
from workbench.am.basics.words import counted
from workbench.am.exchange.decide import decide
from workbench.am.exchange.decision import Check
from workbench.errors import OAuthError
from workbench.interop.twin.doubt import Suspect
from workbench.interop.twin.doubts_of_settings import doubts_of_settings
from workbench.interop.twin.doubts_of_tokens import doubts_of_tokens
from workbench.interop.twin.explanation import Explanation
from workbench.interop.twin.from_files import exported
from workbench.interop.twin.paper import Paper, PaperAsked, on_paper
from workbench.interop.twin.stands_for import Server, realm_for, realm_named
from workbench.interop.twin.suspects import Named, next_thing, suspects
from workbench.server.grants.token_exchange import unreadable_exchange
from workbench.server.request.parameters import read_form

_HIDDEN = frozenset(map(str.lower, HIDDEN_HEADERS))


UNEXPLAINED = (
    "Look at the server's own log at the time of the request: no rule of a token "
    "exchange answers in these words."
)
NOT_OAUTH = (
    "Look at what answered: it is no answer of a token endpoint (no JSON with an "
    "error), so a proxy, a wrong URL or a limit of requests may have."
)


def explain_text(
    request: str,
    bench: Server,
    *,
    answer: Any = None,
    entry: int | None = None,
    server: object = None,
    fresh: Callable[[str], Server],
    given: Mapping[str, Any],
) -> Explanation:
    """Which rules could have refused what somebody captured.

    Args:
        request: As it was pasted.
        bench: Gives the profile and the time. It stands for the server itself where
            no other does and it has the acting client.
        answer: What came back, where the paste does not have it.
        entry: Of a HAR.
        server: A bench that has what is known of the server, or files that frodo
            exported of it; None for none.
        fresh: Makes a bench with a realm of this name, for the files.
        given: Claims or answers of introspection, by role.

    Raises:
        PasteError: Something cannot be read, is no token exchange, or was granted.
        CommandError: A curl command, or the path of an export, is none.
        ImportRefused: The export is damaged; says where.
        SettingError: The server is no bench.
    """
    captured = read_exchange_text(request, answer, entry)
    told = {
        role: read_claims(value, f"What is given as {role}")
        for role, value in given.items()
    }
    _require_refused_exchange(captured)
    try:
        sent = read_form(captured.content_type, captured.content)
    except OAuthError as problem:
        return _unreadable(captured, problem)
    settings = True
    if isinstance(server, str | Path):
        server, settings = exported(server, fresh(realm_named(captured.url)))
    stands = realm_for(bench if server is None else server, captured.url)
    asked = PaperAsked(
        captured=captured,
        sent=sent,
        realm=stands,
        settings=settings,
        profile=stands.profile,
        now=stands.clock.now(),
        given=told,
    )
    paper = on_paper(asked)
    if server is None and paper.client is None:
        paper = on_paper(replace(asked, realm=None))
    described = captured.answer.description if captured.answer else ""
    doubts = [
        *doubts_of_tokens(paper, described),
        *doubts_of_settings(paper, described),
    ]
    return _explained(captured, paper, suspects(paper, doubts, captured.answer))


def _require_refused_exchange(captured: CapturedExchange) -> None:
    if not captured.is_exchange:
        kinds = [value for name, value in captured.form if name == "grant_type"]
        kind = safe_text(kinds[0], 80) if kinds else "none"
        raise PasteError(
            "The request is no token exchange: it is a form whose grant_type is "
            f"urn:ietf:params:oauth:grant-type:token-exchange; here it is {kind}."
        )
    answer = captured.answer
    if answer is not None and not answer.refused:
        raise PasteError("The answer is no refusal, so there is nothing to explain.")


def _explained(captured: CapturedExchange, paper: Paper, found: Named) -> Explanation:
    decision, answer = decide(paper.request), captured.answer
    strange = answer is not None and answer.whole and not answer.error
    named = () if strange else found.suspects
    step = NOT_OAUTH if strange else next_thing(named) or UNEXPLAINED
    return Explanation(
        method=safe_text(captured.method),
        url=safe_text(captured.url.partition("?")[0], 300),
        sent=tuple(_masked(captured)),
        answer=answer,
        suspects=named,
        also=tuple(_also(decision.failures, named)),
        passed=tuple(each.rule for each in decision.checks if each.passed),
        next_thing=step,
        known=tuple(_known(paper)),
        notes=(*captured.notes, *_notes(found, answer, captured)),
    )


def _also(failures: tuple[Check, ...], named: tuple[Suspect, ...]) -> Iterator[Check]:
    first = named[0].check.rule if named else ""
    yield from (each for each in failures if each.rule != first)


def _unreadable(captured: CapturedExchange, problem: OAuthError) -> Explanation:
    decision = unreadable_exchange(problem).event["decision"]
    check: Check = decision.refusal
    remedy = problem.hint or "Send a form in UTF-8 with each parameter once."
    suspect = Suspect(
        check=check, sure=True, if_so="", to_know="", remedy=remedy, weight=100
    )
    return Explanation(
        method=safe_text(captured.method),
        url=safe_text(captured.url.partition("?")[0], 300),
        sent=tuple(_masked(captured)),
        answer=captured.answer,
        suspects=(suspect,),
        also=(),
        passed=(),
        next_thing=remedy,
        known=(),
        notes=captured.notes,
    )


def _masked(captured: CapturedExchange) -> Iterator[tuple[str, str]]:
    """The credentials' header and the parameters, without what opens anything."""
    for name, value in captured.headers:
        if name in _HIDDEN:
            yield name, hide_credentials(value)
    for name, value in captured.form:
        yield safe_text(name, 60), _masked_value(name.lower(), value)


def _masked_value(name: str, value: str) -> str:
    if name in SECRETS or name.endswith(("_secret", "_assertion")):
        return MASK
    if name in TOKENS or name.endswith("_token"):
        return f"{MASK} ({counted(len(value), 'character')})"
    return safe_text(value)


def _known(paper: Paper) -> Iterator[tuple[str, str]]:
    client = paper.request.client
    name = client.client_id if client else "the client"
    if paper.realm is None:
        yield "server", "nothing was given of its settings"
        yield safe_text(name), "nothing is known of its registration"
    else:
        what = "a bench stands for it" if paper.settings else "an export of clients"
        yield "server", f"{what}, profile {paper.request.profile.name}"
        what = "registered on the bench" if paper.client else "not on the bench"
        yield safe_text(name), what
    for each in paper.tokens:
        yield f"{each.role} token", each.told


def _notes(
    found: Named, answer: CapturedAnswer | None, captured: CapturedExchange
) -> Iterator[str]:
    if answer is None:
        yield "Without the answer nothing narrows the rules; give it as answer=…."
    if captured.at is None:
        yield "When it was sent is not known; tokens are held against the time by now."
    if found.by_error_alone:
        yield (
            "No rule answers in these words; those named here have the same error, and "
            "another version of the server may word it otherwise."
        )
    if found.contradicted and answer is not None and answer.error:
        check = found.contradicted
        yield (
            f'For sure "{check.rule}" refuses ({check.error}: {check.description}), '
            "but the answer is another: a rule before it refused, or what was given "
            "of the server is not so."
        )
