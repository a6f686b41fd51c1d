"""What comes from outside steers no terminal: it is shown, not obeyed.

Escape sequences move the cursor, rename the window or hide a line; marks of direction
turn text around.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories import SECRET, exchange, lets_act, own_token
from workbench import Workbench
from workbench.cli import main
from workbench.sandbox.engines.engine import QuickJSEngine

EVIL = "x\x1b[2J\x1b]0;owned\x07\x9b2J\r\x08\u202e\u2066\U000e0041y"
ID = "x\x9b2J\u202e\u2066\U000e0041y"  # as far as a client's id may go


def is_plain(text: str) -> bool:
    return all(each.isprintable() or each in "\n\t" for each in text)


@pytest.fixture(scope="module")
def hostile(kept_engine: QuickJSEngine) -> Iterator[Workbench]:
    """A bench in which every name and every text is hostile, and what it did."""
    with Workbench(now=1_790_000_000, seed="evil", engine=kept_engine) as wb:
        wb.enable_ai_agents()
        register(wb)
        own = own_token(wb, ID)
        exchange(wb, ID, own, scope=EVIL)
        exchange(wb, ID, own, audience=EVIL, resource=EVIL)
        exchange(wb, ID, own)
        wb.client.authenticate("nobody", "no")
        wb.client.password(ID, SECRET, EVIL, EVIL, scope=EVIL)
        wb.client.register({"client_name": EVIL, "redirect_uris": [EVIL]})
        wb.http.get(f"{wb.realm.oauth2_url}/%1b[2J")
        yield wb


def register(wb: Workbench) -> None:
    source = (
        f'logger.error({EVIL!a}); token.setMayAct({{client_id: "{ID}", a: {EVIL!a}}})'
    )
    wb.realm.add_script(f"s {EVIL}", source, description=EVIL)
    wb.realm.add_script(f"t {EVIL}", f"throw new Error({EVIL!a})")
    wb.realm.add_user(f"u{ID}", password="p", attributes={EVIL: [EVIL]})
    wb.realm.user_groups.add(EVIL)
    wb.realm.groups.add_for_clients(EVIL)
    wb.realm.policies.add(EVIL, ["read"], grant=True)
    wb.realm.register_agent(
        ID,
        secret=SECRET,
        name=EVIL,
        scopes=["read"],
        default_scopes=["read"],
        grant_types=["client_credentials", "password", EXCHANGE],
        custom_properties=[f"{EVIL}={EVIL}"],
        may_act_script=f"s {EVIL}",
    )


EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"


def shown(wb: Workbench) -> Iterator[tuple[str, Any]]:
    """Everything that shows itself in a cell."""
    calls = list(wb.transcript)
    yield "audit", wb.audit
    yield "transcript", wb.transcript
    yield "provider", wb.provider
    yield "realms", wb.realms
    yield "timeline", wb.timeline()
    yield "decision", wb.decision
    yield "inspection", wb.inspect(calls[0])
    yield "chain", wb.chain(calls[0], title=EVIL)
    yield "comparison", wb.compare(calls[0], None, calls[0])
    for script in wb.realm.scripts.values():
        yield "script", script
        yield "dry run", wb.dry_run(script, ID)
        yield "check", wb.check(script, ID)
    for call in calls:
        yield "call", call
        yield "curl", wb.curl(call)
    yield "pasted", wb.inspect(EVIL, label=EVIL)


def test_everything_shown_as_text_is_plain(hostile: Workbench) -> None:
    steering = [
        name
        for name, value in shown(hostile)
        if not is_plain(value._repr_mimebundle_()["text/plain"])
    ]

    assert steering == []


def test_every_form_is_plain_as_text(hostile: Workbench) -> None:
    script = f"s {EVIL}"
    forms = [
        hostile.forms(),
        hostile.agent_form(client_id=EVIL, scopes=[EVIL]),
        hostile.agents_form(search=EVIL),
        hostile.client_form(ID),
        hostile.script_form(name=script),
        hostile.provider_form(),
        hostile.profile_form(),
        hostile.request_form(client_id=EVIL, scope=EVIL, code=EVIL, more=f"a={ID}"),
        hostile.decision_form(),
        hostile.approvals_form(),
        hostile.token_form(pasted=EVIL),
        hostile.chain_form(),
        hostile.delegations_form(),
        hostile.timeline_form(),
        hostile.audit_form(),
    ]
    for form in forms:
        form.button.click()

    steering = [type(form).__name__ for form in forms if not is_plain(form.face_text())]

    assert steering == []


def test_every_table_is_plain(hostile: Workbench) -> None:
    tables = [
        hostile.audit_table(),
        hostile.compare_table(*[hostile.transcript[0]] * 3),
    ]

    assert all(is_plain(table.to_string()) for table in tables)


@pytest.mark.parametrize(
    "command",
    [
        ["walk", EVIL],
        ["walk", "--json", EVIL],
        [EVIL],
        ["serve", "--realm", EVIL],
        ["serve", "--base-url", EVIL, "--port", "0"],
        ["serve", "--port", EVIL],
        ["script", "check", EVIL],
        ["script", "check", f"/nowhere/{EVIL}"],
        ["script", "check", "-", EVIL],
        ["script", "check", EVIL, "--context", EVIL],
        ["script", "check", EVIL, "--param", EVIL],
    ],
)
def test_an_argument_steers_no_terminal(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status: Any = main(command)
    except SystemExit as ended:
        status = ended.code

    said = capsys.readouterr()
    assert status != 0
    assert said.err
    assert is_plain(said.out + said.err)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize(
    "source",
    [
        lets_act("risk-agent"),
        f"logger.error({EVIL!a});",
        f"throw new Error({EVIL!a})",
        f"var a = '{EVIL.replace(chr(13), '')}'; nothing(a)",
        f"}} {EVIL}",
        f'{{"name": {EVIL.encode("unicode_escape").decode()!r}}}',
    ],
)
def test_a_file_and_its_name_steer_no_terminal(source: str, tmp_path: Path) -> None:
    file = tmp_path / f"{EVIL}.js"
    file.write_text(source, "utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "workbench", "script", "check", str(file)],
        capture_output=True,
        timeout=120,
    )

    assert is_plain((done.stdout + done.stderr).decode())
    assert b"x" in done.stdout + done.stderr
