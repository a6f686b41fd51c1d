"""What holds for every view: nothing from outside can harm, nothing varies."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from workbench.am.admin.audit import AuditTrail, Event
from workbench.am.clients.client import AIAgent
from workbench.am.exchange.decision import Check, Grant, Granted, Refused
from workbench.am.scripts.script import LogLine, MayActScript, ScriptOutcome
from workbench.am.settings.profile import PROFILES
from workbench.am.settings.provider import ProviderSettings
from workbench.am.tokens.inspection import Inspection
from workbench.errors import ScriptError
from workbench.views import audit, decision, profile
from workbench.views.calls import call, curl, transcript
from workbench.views.chain import face as chain
from workbench.views.scripts import script
from workbench.views.sequence import face as sequence
from workbench.views.tokens import compare, token

EVIL = "<script>x</script>\"'&\x00\x1b[2J\x9b\u202e\ud800\U000e0041</title></style><!--"
WHOLE = EVIL.replace("\ud800", "")  # no half of a character, which nobody registers
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
TAGS = set(
    [
        "div",
        "style",
        "p",
        "b",
        "i",
        "br",
        "wbr",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "small",
        "span",
        "code",
        "pre",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "ol",
        "ul",
        "li",
        "a",
        "svg",
        "title",
        "g",
        "path",
        "polygon",
        "text",
        "rect",
        "circle",
        "line",
        "col",
    ]
)
VOID = {"br", "col", "wbr"}


Attributes = list[tuple[str, str | None]]


class Structure(HTMLParser):
    """Collects tags and text, and insists that every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def hostile_token(**changes: Any) -> Inspection:
    claims = {
        "sub": EVIL,
        "client_id": EVIL,
        "scope": [EVIL],
        "exp": EVIL,
        EVIL: {EVIL: EVIL},
        "act": {"sub": EVIL, EVIL: EVIL, "act": {"sub": EVIL}},
        "may_act": {"sub": [EVIL], "client_id": EVIL, EVIL: EVIL},
    }
    fields: dict[str, Any] = {
        "label": EVIL,
        "form": EVIL,
        "header": {EVIL: EVIL},
        "claims": claims,
        "introspection": None,
        "genuine": False,
        "signature": EVIL,
        "state": EVIL,
        "now": 0,
    }
    return Inspection(**{**fields, **changes})


def without_act(inspection: Inspection, **claims: Any) -> Inspection:
    kept = {k: v for k, v in (inspection.claims or {}).items() if k != "act"}
    return replace(inspection, claims={**kept, **claims})


CHECK = Check(
    rule=EVIL,
    passed=False,
    expected=EVIL,
    found=EVIL,
    source=EVIL,
    decided_by=EVIL,
    error=EVIL,
    description=EVIL,
)
REFUSED = Refused(checks=(CHECK,), not_evaluated=(EVIL,), client_id=EVIL)
GRANTED = Granted(
    checks=(CHECK._replace(passed=True),),
    client=AIAgent(client_id="a", secret="s"),
    subject={"sub": EVIL},
    given=Grant(scope=(EVIL,), audience=(EVIL,), act={"sub": EVIL}),
    client_id=EVIL,
)
SCRIPT = MayActScript(id=EVIL, name=WHOLE, source=WHOLE, description=WHOLE)
STAMPED = ScriptOutcome(
    script=SCRIPT,
    stamped=True,
    may_act={EVIL: EVIL},
    act_set=True,
    act=EVIL,
    returned=EVIL,
    log=(LogLine(EVIL, EVIL),),
)
FAILED = replace(STAMPED, error=ScriptError(EVIL, line=1, column=9, source_line=EVIL))
EVENTS = AuditTrail(
    [
        Event(
            time=0,
            kind=EVIL,
            client_id=EVIL,
            summary=EVIL,
            status=400,
            error=EVIL,
            description=EVIL,
            hint=hint,
            decision=REFUSED,
        )
        for hint in (EVIL, "")
    ]
)


def hostile_call(body: str, sent: str = EVIL) -> SimpleNamespace:
    return SimpleNamespace(
        method=EVIL,
        url=f"https://x/{EVIL}?{EVIL}={EVIL}",
        request_headers=((EVIL, EVIL), ("Authorization", EVIL)),
        form=(
            (EVIL, EVIL),
            ("grant_type", EVIL),
            ("client_id", EVIL),
            ("token", EVIL),
        ),
        sent_json=sent,
        status=400,
        response_headers=(("WWW-Authenticate", EVIL), ("Location", EVIL)),
        body=body,
    )


CALL = hostile_call(EVIL)
JSON_CALL = hostile_call(
    '{"error": "<script>\\u0000\\u202e", "error_description": "<script>"}',
    '{"client_name": "<script>\\u0000\\u202e"}',
)
TOKEN = hostile_token()
OPAQUE = hostile_token(form="server-side", header=None, introspection={EVIL: EVIL})
COMPARISON = compare.compare(TOKEN, TOKEN, hostile_token(claims={EVIL: EVIL}))
SEQUENCE = sequence.Sequence(
    (EVIL, "b"),
    (sequence.Message(EVIL, "b", EVIL, EVIL), sequence.Message("b", "b", EVIL)),
    EVIL,
)
SETTINGS = ProviderSettings(accessTokenMayActScript=WHOLE, grantTypes=(WHOLE,))
PROFILE = replace(PROFILES["aic"], name=WHOLE)
BEFORE = without_act(TOKEN)
AFTER = without_act(TOKEN, grant_type=EXCHANGE)

View = Callable[[Any], str]

VIEWS: dict[str, tuple[View, View, Any]] = {
    "call": (call.call_html, call.call_text, CALL),
    "call with json": (call.call_html, call.call_text, JSON_CALL),
    "transcript": (
        transcript.transcript_html,
        transcript.transcript_text,
        [CALL, JSON_CALL],
    ),
    "token": (token.token_html, token.token_text, TOKEN),
    "opaque token": (token.token_html, token.token_text, OPAQUE),
    "comparison": (compare.comparison_html, compare.comparison_text, COMPARISON),
    "refusal": (decision.decision_html, decision.decision_text, REFUSED),
    "grant": (decision.decision_html, decision.decision_text, GRANTED),
    "outcome": (script.outcome_html, script.outcome_text, STAMPED),
    "failed outcome": (script.outcome_html, script.outcome_text, FAILED),
    "script": (script.script_html, script.script_text, SCRIPT),
    "audit": (audit.audit_html, audit.audit_text, EVENTS),
    "chain": (chain.chain_html, chain.chain_text, [TOKEN]),
    "chain before": (chain.chain_html, chain.chain_text, [BEFORE]),
    "chain without act": (chain.chain_html, chain.chain_text, [BEFORE, AFTER]),
    "sequence": (sequence.sequence_html, sequence.sequence_text, SEQUENCE),
    "profile": (profile.profile_html, profile.profile_text, PROFILE),
    "provider": (profile.provider_html, profile.provider_text, SETTINGS),
    "curl": (curl.curl_html, lambda _: "<script>", CALL),
}


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_from_outside_becomes_markup(name: str) -> None:
    html, _, value = VIEWS[name]
    structure = Structure()
    structure.feed(html(value))
    structure.close()

    assert structure.open == []
    assert structure.tags <= TAGS
    assert not [name for name in structure.attributes if name.startswith("on")]
    assert "<script>" in "".join(structure.text)  # shown, not obeyed


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_from_outside_hides_or_turns_text_around(name: str) -> None:
    html, text, value = VIEWS[name]

    for face in (html(value), text(value)):
        assert all(each.isprintable() or each in "\n\t" for each in face)


@pytest.mark.parametrize("name", VIEWS)
def test_the_same_value_gives_the_same_output(name: str) -> None:
    html, text, value = VIEWS[name]

    assert (html(value), text(value)) == (html(value), text(value))


def test_pictures_are_drawn_even_of_hostile_tokens() -> None:
    for tokens in ([TOKEN], [BEFORE], [BEFORE, AFTER]):
        assert chain.chain_svg(tokens, title=EVIL) is not None


def run(code: str, **environment: str) -> str:
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": root, **environment},
        text=True,
    )
    return done.stdout


def test_importing_the_views_imports_no_heavy_package() -> None:
    code = (
        "import importlib, pkgutil, sys, workbench.views as v\n"
        "for m in pkgutil.walk_packages(v.__path__, 'workbench.views.'):\n"
        "    importlib.import_module(m.name)\n"
        "heavy = {'pandas', 'graphviz', 'IPython', 'httpx', 'workbench.agent.client'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )

    assert run(code) == "[]\n"


def test_output_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "from workbench.am.tokens.inspection import Inspection\n"
        "from workbench.views.chain.face import chain_html\n"
        "from workbench.views.tokens.token import token_html\n"
        "t = Inspection(label='t', form='client-side', header={'alg': 'HS256'},\n"
        "    claims={'sub': '(age!a)', 'act': {'sub': '(age!b)'}, 'scope': ['x'],\n"
        "    'may_act': {'sub': ['c', 'd'], 'client_id': ['c', 'e']}},\n"
        "    introspection=None, genuine=True, signature='', state='active', now=1)\n"
        "print(chain_html([t]), token_html(t))"
    )

    assert run(code, PYTHONHASHSEED="1") == run(code, PYTHONHASHSEED="2")
