"""A request as code: whatever the language, the same request arrives."""

import contextlib
import io
import json
import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from workbench import Workbench
from workbench.agent.draft import Draft
from workbench.errors import SettingError
from workbench.views.calls.code.languages import LANGUAGES, code_for

AWKWARD = "a&b=c%41+d e@f'g\"h$(i)`j`\\k\né€\u202e;#{{x}}${y}\U0001f600"
FORM = "application/x-www-form-urlencoded"

node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


def sent_by_python(code: str, **environment: str) -> str:
    return _run([sys.executable, "-c", code], environment)


def sent_by_javascript(code: str, **environment: str) -> str:
    return _run(["node", "--input-type=module", "--eval", code], environment)


def sent_by_curl(code: str, **environment: str) -> str:
    silent = code.replace("curl", "curl --silent --noproxy '*' --include", 1)
    return _run(["sh", "-c", silent], environment)


def sent_by_http_file(code: str, **environment: str) -> str:
    answer = parsed(code, environment.get("SSL_CERT_FILE"))
    return f"{answer.status_code} {answer.text}"


RUNS = {
    "Python": sent_by_python,
    "JavaScript": sent_by_javascript,
    "curl": sent_by_curl,
    ".http": sent_by_http_file,
}
EACH = [
    "Python",
    pytest.param("JavaScript", marks=node),
    pytest.param("curl", marks=curl),
    ".http",
]


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def parsed(text: str, trusted: str | None = None) -> httpx.Response:
    """Send the one request of a ``.http`` file, as its two clients read it.

    ``###`` and ``#`` begin a line that is not sent; the request line, headers, an
    empty line, the body. In a form a client joins the lines; this has but one.
    """
    assert "{{" not in text
    lines = text.rstrip("\n").split("\n")
    head = [line for line in lines if not line.startswith("#")]
    method, url = head[0].split(" ", 1)
    end = head.index("") if "" in head else len(head)
    headers = [
        (name.encode(), value.strip().encode("latin-1"))
        for name, _, value in (line.partition(":") for line in head[1:end])
    ]
    body = "\n".join(head[end + 1 :])
    return httpx.request(
        method,
        url,
        headers=headers,
        content=body.encode() or None,
        verify=ssl.create_default_context(cafile=trusted),
        trust_env=False,
    )


class Echo(ThreadingHTTPServer):
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.arrived: list[dict[str, Any]] = []
        super().__init__(("127.0.0.1", 0), Keeping)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Keeping(BaseHTTPRequestHandler):
    server: Echo

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        form = self.headers.get("content-type", "").startswith(FORM)
        self.server.arrived.append(
            {
                "method": self.command,
                "path": urlsplit(self.path).path,
                "query": parse_qsl(urlsplit(self.path).query, keep_blank_values=True),
                "form": parse_qsl(body, keep_blank_values=True) if form else body,
                "own": {
                    name.lower(): value
                    for name, value in self.headers.items()
                    if name.lower() in ("authorization", "x-own")
                },
            }
        )
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    do_GET = do_PUT = do_POST

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def echo() -> Iterator[Echo]:
    with Echo() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def draft(method: str, url: str, **what: Any) -> Draft:
    return Draft(httpx.Request(method, url, **what))


def arrives(echo: Echo, request: Draft, language: str) -> None:
    """What the code sends is what httpx sends of the same request."""
    del echo.arrived[:]
    with httpx.Client(trust_env=False) as http:
        http.send(
            httpx.Request(
                request.method,
                request.url,
                headers=request.sent,
                content=request.content,
            )
        )
    RUNS[language](code_for(request, language, hidden=False))
    first, second = echo.arrived
    assert first == second


@pytest.mark.parametrize("language", EACH)
def test_the_same_request_arrives(echo: Echo, language: str) -> None:
    request = draft(
        "POST",
        f"{echo.url}/a/access_token?realm=%2Falpha&x=a%20b",
        headers={"Authorization": "Basic eDp5", "X-Own": 'it\'s "so" \\'},
        data={"scope": AWKWARD, "@odd name&": "x", "empty": "", "audience": ["a", "b"]},
    )
    arrives(echo, request, language)


@pytest.mark.parametrize("language", EACH)
def test_a_repeated_parameter_keeps_its_place(echo: Echo, language: str) -> None:
    content = b"audience=a&scope=read&audience=b&audience="
    headers = {"content-type": FORM}
    arrives(
        echo, draft("POST", f"{echo.url}/t", content=content, headers=headers), language
    )


@pytest.mark.parametrize("language", EACH)
def test_a_get_with_its_query_arrives(echo: Echo, language: str) -> None:
    query = {"state": AWKWARD, "redirect_uri": "https://a/b?c=d&e", "a[]": "1"}
    arrives(echo, draft("GET", f"{echo.url}/authorize", params=query), language)


@pytest.mark.parametrize("language", EACH)
def test_json_arrives(echo: Echo, language: str) -> None:
    body = {"client_name": AWKWARD.replace("\n", " "), "b": {"c": {}}}
    request = draft("PUT", f"{echo.url}/register", json=body)

    del echo.arrived[:]
    RUNS[language](code_for(request, language, hidden=False))
    assert json.loads(echo.arrived[0]["form"]) == body


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
forms = st.lists(st.tuples(texts, texts), min_size=1, max_size=6)
few = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # each is a request, or a process
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@few
@given(forms)
def test_whatever_a_form_holds_arrives_from_python(
    echo: Echo, form: list[tuple[str, str]]
) -> None:
    request = form_of(echo, form)
    del echo.arrived[:]
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code_for(request, "Python", hidden=False), {})
    assert echo.arrived[0]["form"] == form


@few
@given(forms)
def test_whatever_a_form_holds_arrives_from_a_file(
    echo: Echo, form: list[tuple[str, str]]
) -> None:
    request = form_of(echo, form)
    del echo.arrived[:]
    sent_by_http_file(code_for(request, ".http", hidden=False))
    assert echo.arrived[0]["form"] == form


@node
@settings(few, max_examples=2)
@given(st.lists(forms, min_size=5, max_size=10))
def test_whatever_a_form_holds_arrives_from_javascript(
    echo: Echo, several: list[list[tuple[str, str]]]
) -> None:
    programs = [
        code_for(form_of(echo, form), "JavaScript", hidden=False) for form in several
    ]
    del echo.arrived[:]
    sent_by_javascript("\n".join(f"{{\n{each}\n}}" for each in programs))
    assert [each["form"] for each in echo.arrived] == several


def form_of(echo: Echo, form: list[tuple[str, str]]) -> Draft:
    headers = {"content-type": FORM}
    content = urlencode(form).encode()
    return draft("POST", f"{echo.url}/t", content=content, headers=headers)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """``workbench serve`` with TLS, as its readiness line describes it."""
    command = ["serve", "--port", "0", "--use-case", "agent-for-agent"]
    with subprocess.Popen(
        [sys.executable, "-m", "workbench", *command], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()


@pytest.mark.parametrize("language", EACH)
@pytest.mark.parametrize(
    ("secret", "status"), [("mySecret", "200"), ("another", "400")]
)
def test_it_runs_against_a_served_bench(
    served: dict[str, Any], language: str, secret: str, status: str
) -> None:
    url = f"{served['base_url']}/oauth2/realms/root/realms/alpha/access_token"
    form = {
        "grant_type": "client_credentials",
        "client_id": "data-agent",
        "client_secret": secret,
        "scope": "read write",
    }
    code = code_for(draft("POST", url, data=form), language, hidden=False)

    answer = RUNS[language](
        code,
        SSL_CERT_FILE=served["ca_file"],
        NODE_EXTRA_CA_CERTS=served["ca_file"],
        CURL_HOME=served["curl_home"],
    )

    assert status in answer.partition("\n")[0]
    assert ("access_token" in answer) is (status == "200")


@pytest.mark.parametrize("language", LANGUAGES)
def test_secrets_and_tokens_are_hidden_unless_asked_for(language: str) -> None:
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"
    request = draft(
        "POST",
        f"https://a.example/t?access_token={token}",
        headers={"Authorization": "Basic bXlTZWNyZXQ="},
        data={"client_secret": "mySecret", "subject_token": token, "scope": "a"},
    )

    code = code_for(request, language)

    assert "mySecret" not in code
    assert token not in code
    assert "bXlTZWNyZXQ=" not in code
    assert "••••" in code
    assert token in code_for(request, language, hidden=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_character_of_code_hides(language: str) -> None:
    request = draft(
        "POST", "https://a.example/t", data={"scope": "a\u202eb\x00c\u2028"}
    )
    code = code_for(request, language, hidden=False)
    assert all(each.isprintable() or each == "\n" for each in code)


def test_a_bench_shows_a_call_as_code(story: Workbench) -> None:
    call = story.client.client_credentials("data-agent", "mySecret", scope="<b>")

    face = story.code(call, "python")

    assert 'httpx.request(\n    "POST"' in face.text
    assert "mySecret" not in face.html
    assert "&lt;b&gt;" in face.html
    assert "mySecret" in story.code(call, "JavaScript", hidden=False).text


def test_another_language_is_told_which_there_are(story: Workbench) -> None:
    call = story.client.client_credentials("data-agent", "mySecret")
    with pytest.raises(SettingError, match="Did you mean javascript"):
        story.code(call, "javscript")


def test_a_file_has_one_request_with_a_name(tmp_path: Path) -> None:
    text = code_for(draft("GET", "https://a.example/userinfo"), ".http")
    assert text == (
        "### GET userinfo\n# @no-redirect\nGET https://a.example/userinfo\n"
    )
