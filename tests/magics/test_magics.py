"""The cell magics in a real IPython shell."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from tests.stories import claims_of
from workbench import Workbench, load_ipython_extension
from workbench.agent.client import Call
from workbench.magics import TYPES_WITHIN

STAMP = 'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});\n'
BASE = "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha"

TOKEN = f"""$ curl \\
--request POST \\
--data 'grant_type=client_credentials' \\
--data 'client_id=data-agent' \\
--data 'client_secret=mySecret' \\
--data 'scope=read' \\
'{BASE}/access_token'
"""


class Notebook:
    """Runs cells, and keeps what each wrote, showed and gave back."""

    def __init__(self, wb: Workbench) -> None:
        self.shell = InteractiveShell.instance(user_ns={"wb": wb})
        assert self.shell.history_manager is not None
        self.history = self.shell.history_manager
        self.history.enabled = False
        load_ipython_extension(self.shell)
        self.said = ""
        self.shown: list[str] = []

    def run(self, cell: str) -> Any:
        with capture_output() as captured:
            result = self.shell.run_cell(cell)
        self.said = captured.stdout + captured.stderr
        self.shown = [each.data["text/plain"] for each in captured.outputs]
        return result

    def mistake(self, cell: str) -> str:
        error = self.run(cell).error_in_exec
        assert type(error).__name__ == "UsageError"
        return str(error)


@pytest.fixture
def notebook(story: Workbench) -> Iterator[Notebook]:
    made = Notebook(story)
    yield made
    made.history.end_session()
    InteractiveShell.clear_instance()


def test_may_act_keeps_the_cell_as_a_script(
    story: Workbench, notebook: Notebook
) -> None:
    checked = notebook.run(f"%%may_act stamp\n{STAMP}").result

    assert checked.outcome.may_act == {
        "client_id": "risk-agent",
        "sub": "(age!risk-agent)",
    }
    assert story.realm.script("stamp").source == STAMP
    assert story.realm.script("stamp").evaluator_version == "2.0"
    assert "✓ kept: stamp" in notebook.shown[0]


def test_may_act_keeps_a_legacy_script_under_a_name_with_blanks(
    story: Workbench, notebook: Notebook
) -> None:
    notebook.run('%%may_act "an old one" --legacy\nlogger.message("here");')

    assert story.realm.script("an old one").legacy


def test_may_act_changes_a_script_that_is_there(
    story: Workbench, notebook: Notebook
) -> None:
    before = story.realm.script("risk-agent may act")

    notebook.run("%%may_act 'risk-agent may act'\n;")

    after = story.realm.script("risk-agent may act")
    assert (after.id, after.source) == (before.id, ";\n")


def test_may_act_runs_dry_for_a_client(notebook: Notebook) -> None:
    cell = "token.setMayAct({client_id: clientProperties.clientId});"

    checked = notebook.run(f"%%may_act s --client data-agent\n{cell}").result

    assert checked.outcome.may_act == {"client_id": "data-agent"}


def test_may_act_shows_where_a_script_fails(notebook: Notebook) -> None:
    checked = notebook.run("%%may_act s\nvar a = 1;\nmisspelt();").result

    assert (checked.outcome.error.line, checked.outcome.stamped) == (2, False)


def test_may_act_shows_what_the_linter_finds(notebook: Notebook) -> None:
    cell = "%%may_act s\nlet a = 1;\ntoken.setMayAct({client_id: a});"

    checked = notebook.run(cell).result

    assert [each.code for each in checked.findings][:1] == ["let"]
    assert not checked.passed


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("", "required: name"),
        ("a b", "unrecognized arguments: b"),
        ("a --legcy", "--legcy"),
        ("a --client nobody", "nobody"),
        ("a --bench other", "no bench called other"),
        ("'a", "quotation"),
        ("'risk-agent may act' --legacy", "evaluator version 2.0"),
    ],
)
def test_may_act_keeps_nothing_where_its_line_is_unfit(
    story: Workbench, notebook: Notebook, line: str, named: str
) -> None:
    before = dict(story.realm.scripts)

    assert named in notebook.mistake(f"%%may_act {line}\n{STAMP}")
    assert story.realm.scripts == before


def test_curl_sends_the_command_of_the_vendors_page(
    story: Workbench, notebook: Notebook
) -> None:
    call = notebook.run(f"%%curl subject\n{TOKEN}").result

    assert isinstance(call, Call)
    assert call.status == 200
    assert notebook.shell.user_ns["subject"] is call is story.transcript[-1]


def test_a_whole_exchange_by_curl(story: Workbench, notebook: Notebook) -> None:
    notebook.run(f"%%curl subject\n{TOKEN}")
    notebook.run(f"%%curl actor\n{TOKEN.replace('data-agent', 'risk-agent')}")
    kind = "urn:ietf:params:oauth:token-type:access_token"

    call = notebook.run(f"""%%curl issued
        curl -u risk-agent:mySecret --data-urlencode "subject_token=$subject" \\
          --data subject_token_type={kind} -d actor_token_type={kind} \\
          --data "actor_token=${{actor}}" -d scope=read \\
          -d grant_type=urn:ietf:params:oauth:grant-type:token-exchange \\
          {BASE}/access_token""").result

    assert claims_of(story, call)["act"] == {"sub": "(age!risk-agent)"}


def test_a_refusal_is_an_answer_like_any_other(notebook: Notebook) -> None:
    wrong = TOKEN.replace("mySecret", "wrong")

    assert notebook.run(f"%%curl\n{wrong}").result.json["error"] == "invalid_client"


def test_curl_i_shows_every_header_of_the_answer(notebook: Notebook) -> None:
    notebook.run(f"%%curl\n{TOKEN.replace('curl', 'curl -i')}")

    assert notebook.shown[0].startswith("HTTP/1.1 200 OK\ncache-control: no-store")


def test_curl_v_shows_the_request_too_and_no_secret(notebook: Notebook) -> None:
    command = f"curl -v -u data-agent:mySecret -d token=x {BASE}/introspect"

    notebook.run(f"%%curl\n{command}")

    assert "> POST https://am.example.com" in notebook.shown[0]
    assert "> authorization: Basic ••••••••" in notebook.shown[0]
    assert "mySecret" not in notebook.said + "".join(notebook.shown)


@pytest.mark.parametrize(
    ("line", "command", "named"),
    [
        ("", f"curl -F a=b {BASE}", "-F"),
        ("", "curl https://example.com/am/x", "https://example.com:443"),
        ("", "curl am.example.com:8443/am/x", "http://am.example.com:8443"),
        ("", f'curl -d "a=$nothing" {BASE}', "no variable called nothing"),
        ("", f'curl -d "a=$wb" {BASE}', "wb is a Workbench"),
        ("", "", "begins with curl"),
        ("1a", f"curl {BASE}", "'1a' cannot be the name"),
        ("a b", f"curl {BASE}", "unrecognized arguments: b"),
        ("--bench nothing", f"curl {BASE}", "no bench called nothing"),
    ],
)
def test_curl_sends_nothing_where_it_cannot_do_as_asked(
    story: Workbench, notebook: Notebook, line: str, command: str, named: str
) -> None:
    assert named in notebook.mistake(f"%%curl {line}\n{command}\n")
    assert story.transcript == []


def test_a_script_of_any_context_is_kept_and_tried(
    notebook: Notebook, story: Workbench
) -> None:
    story.realm.add_user("ann", password="p")

    checked = notebook.run(
        "%%am_script modification who --client data-agent --user ann\n"
        "accessToken.setField('who', identity.getName());"
    ).result

    kept = story.realm.scripts.find("who")
    assert kept.context == "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN"
    assert checked.outcome.result["set"] == {"who": "ann"}
    assert notebook.shown[0].startswith("✓ kept: who")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nonsense x", "There is no script context 'nonsense' here."),
        ("dcr x --legacy", "of version 1.0 (legacy)"),
        ("claims x --client nobody", "There is no client 'nobody'"),
        ("claims x --user nobody", "nobody"),
    ],
)
def test_nothing_is_kept_of_a_script_whose_line_is_unfit(
    notebook: Notebook, story: Workbench, line: str, words: str
) -> None:
    assert words in notebook.mistake(f"%%am_script {line}\n({{values: {{}}}});")
    assert "x" not in [each.name for each in story.realm.scripts.values()]


def test_curl_works_on_the_bench_that_is_named(notebook: Notebook) -> None:
    with Workbench(seed="other") as other:
        notebook.shell.user_ns["other"] = other

        notebook.run(f"%%curl --bench other\n{TOKEN}")

        assert len(other.transcript) == 1


def test_each_magic_explains_itself(notebook: Notebook) -> None:
    found = notebook.shell.magics_manager.magics["cell"]

    assert "%%may_act NAME [--legacy]" in found["may_act"].__doc__
    assert "%%curl [NAME]" in found["curl"].__doc__


def in_ipython(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "IPython", "--quick", "--no-banner", "-c", code],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.strip()


FOUND = "print(get_ipython().find_cell_magic('curl').__module__)"


def test_importing_the_package_in_ipython_offers_the_magics() -> None:
    assert in_ipython(f"import workbench\n{FOUND}") == "workbench.magics"


def test_a_magic_of_that_name_stays_until_the_extension_is_loaded() -> None:
    own = "get_ipython().register_magic_function(lambda l, c: 1, 'cell', 'curl')\n"

    assert in_ipython(f"{own}import workbench\n{FOUND}") == "__main__"
    loaded = f"{own}%load_ext workbench\n{FOUND}"
    assert in_ipython(loaded) == "workbench.magics"


def completions(notebook: Notebook, text: str) -> dict[str, str]:
    """What each completion is, by name, as a notebook is told."""
    with provisionalcompleter():
        found = notebook.shell.Completer.completions(text, len(text))
        return {each.text: each.type for each in found}


def test_completions_say_what_each_name_is(notebook: Notebook) -> None:
    assert notebook.shell.Completer.jedi_compute_type_timeout == TYPES_WITHIN
    notebook.shell.Completer.jedi_compute_type_timeout = 60_000  # beside other tests

    of_bench = completions(notebook, "wb.cl")
    of_realm = completions(notebook, "wb.realm.reg")

    assert of_bench["client"] == of_bench["clock"] == "instance"
    assert of_bench["client_for"] == of_bench["close"] == "function"
    assert of_realm == {"register_agent": "function", "register_client": "function"}


def test_a_time_that_somebody_set_for_completions_stays(notebook: Notebook) -> None:
    notebook.shell.Completer.jedi_compute_type_timeout = 100
    load_ipython_extension(notebook.shell)
    assert notebook.shell.Completer.jedi_compute_type_timeout == 100
