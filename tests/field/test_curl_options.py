"""Commands as vendors' pages, browsers and terminals print them."""

import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.magics.test_magics import Notebook
from tests.stories import CALLBACK, agent_for_user
from workbench import Workbench
from workbench.agent.curl.command import CurlRequest, curl_request
from workbench.agent.curl.manual import LONG, SHORT
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD
from workbench.errors import CommandError

URL = "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha/access_token"
FORM = (
    "-d grant_type=client_credentials -d client_id=data-agent "
    f"-d client_secret=mySecret -d scope=read {URL}"
)
_HELP = re.compile(r"\s*(?:-(.), |)\s*--(\S+)( [<\[])?")


def helped() -> Iterator[tuple[str, str, bool]]:
    """Short name, long name, whether a value follows, as the real curl says."""
    done = subprocess.run(
        ["curl", "--help", "all"], capture_output=True, text=True, check=True
    )
    for line in done.stdout.splitlines():
        if read := _HELP.match(line):
            yield read[1] or "", read[2], bool(read[3])


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_every_option_of_the_installed_curl_is_in_a_class() -> None:
    found = list(helped())

    assert len(found) > 200
    for short, name, takes_value in found:
        assert name in LONG, f"--{name} is in no class"
        assert name == "help" or LONG[name].takes_value == takes_value, name
        assert not short or SHORT[short].name == name, short


def test_no_option_is_in_two_classes() -> None:
    assert all(not (each.aside and each.refused) for each in LONG.values())
    assert len(SHORT) == len({each.name for each in SHORT.values()})


ASIDE = [
    "-m 5", "--max-time 5", "--connect-timeout 5", "-o x", "-ox", "-O", "--output x",
    "--http1.1", "--http2", "-0", "--cacert x", "-s", "-S", "-k", "--insecure",
    "--retry 3 --retry-delay 1", "--no-progress-meter", "-N", "-4", "-6", "--tlsv1.2",
    "-c jar", "-D headers.txt", "--resolve am.example.com:8443:127.0.0.1", "-#",
    "--ipv4 --tcp-nodelay --no-keepalive", "--ciphers x", "--max-redirs 3", "-q",
    "--trace-ascii -", "--noproxy '*'", "--create-dirs", "--proto =https", "-sS", "-j",
    "--no-silent", "--keepalive", "--buffer", "--stderr -", "--fail-early",
]  # fmt: skip


@pytest.mark.parametrize("option", ASIDE)
def test_an_option_that_changes_nothing_here_is_left_aside_and_named(
    option: str,
) -> None:
    plain, read = curl_request(f"curl {FORM}"), curl_request(f"curl {option} {FORM}")

    assert sent(read) == sent(plain)
    typed = option.split()[0]
    assert re.search(re.escape(typed[:2]), "\n".join(read.notes))
    assert plain.notes == ()


def sent(request: CurlRequest) -> tuple[object, ...]:
    return request.method, request.url, request.headers, request.content


REFUSED = [
    ("-F a=b", "-F", "multipart/form-data"),
    ("--form-string a=b", "--form-string", "multipart"),
    ("-T file", "-T", "file"),
    ("-K file", "-K", "file"),
    ("-n", "-n", "file"),
    ("--next", "--next", "a cell of its own"),
    ("-x http://proxy", "-x", "another server"),
    ("--socks5 here:1", "--socks5", "another server"),
    ("--digest", "--digest", "-u"),
    ("--ntlm", "--ntlm", "-u"),
    ("--aws-sigv4 a", "--aws-sigv4", "another way"),
    ("--cert a:mySecret", "--cert", "client certificate"),
    ("-sE a:mySecret", "-E", "client certificate"),
    ("-r 0-1", "-r", "part"),
    ("--request-target /x", "--request-target", "URL"),
    ("--variable a=mySecret", "--variable", "$NAME"),
    ("-V", "-V", "sends nothing"),
    ("--max-time=5", "--max-time", "as the next word"),
    ("--data=mySecret", "--data", "as the next word"),
    ("--no-data x", "--no-data", "no such option"),
    ("--frobnicate", "--frobnicate", "no such option"),
    ("--ht", "--ht", "no such option"),
    ("-sJ8", "-8", "no such option"),
    ("-d @file", "-d", "file"),
    ("-d $(cat file)", "$(", "shell"),
    ("| sh", "|", "shell"),
    ("> file", ">", "shell"),
]


@pytest.mark.parametrize(("option", "named", "why"), REFUSED)
def test_what_would_change_the_request_is_an_error_that_names_the_option(
    option: str, named: str, why: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        curl_request(f"curl {FORM} {option}")

    assert named in str(refusal.value)
    assert why in str(refusal.value)
    assert "mySecret" not in str(refusal.value)


PRINTED = [
    ("a prompt", f"$ curl {FORM}", False),
    ("a prompt of root", f"# curl {FORM}", False),
    ("a prompt of a host", f"me@host:~/work$ curl {FORM}", False),
    ("a prompt of a shell in brackets", f"[me@host ~]$ curl {FORM}", False),
    ("a prompt of Windows", f"C:\\Users\\me> curl.exe {FORM}", False),
    ("a prompt of PowerShell", f"PS C:\\Users\\me> curl.exe {FORM}", False),
    ("a comment above", f"# curl asks for a token\ncurl {FORM}", False),
    ("continued lines", "curl " + FORM.replace(" -d", " \\\n  -d"), False),
    ("lines with the second prompt", "curl " + FORM.replace(" -d", " \\\n> -d"), False),
    ("a blank after the \\", "curl " + FORM.replace(" -d", " \\ \n -d"), True),
    ("Windows' lines", "curl " + FORM.replace(" -d", " ^\r\n  -d"), True),
    ("PowerShell's lines", "curl " + FORM.replace(" -d", " `\n  -d"), True),
    ("blanks of a web page", "curl " + FORM.replace(" ", "\u00a0"), True),
    ("characters that nobody sees", "curl\u200b " + FORM, True),
    ("long dashes", "curl " + FORM.replace("-d ", "\u2014data "), True),
    ("one short dash", "curl " + FORM.replace("-d ", "\u2013d "), True),
    ("curly quotes", "curl " + re.sub(r"-d (\S+)", "-d \u201c\\1\u201d", FORM), True),
    ("single curly quotes", "curl " + FORM.replace(URL, f"\u2018{URL}\u2019"), True),
    ("the answer formatted", f"curl {FORM} | jq -r .access_token", True),
    ("the answer formatted by Python", f"curl -s {FORM} | python -m json.tool", True),
    ("a line feed after it", f"curl {FORM}; echo", True),
    ("an end of a statement", f"curl {FORM} ;", True),
    ("text of a browser", "curl " + re.sub(r"-d (\S+)", r"-d $'\1'", FORM), False),
]


@pytest.mark.parametrize(("how", "command", "told"), PRINTED)
def test_a_command_is_read_as_it_was_meant_and_what_was_mended_is_told(
    how: str, command: str, told: bool
) -> None:
    read = curl_request(command)

    assert sent(read) == sent(curl_request(f"curl {FORM}")), how
    assert bool(read.notes) is told


def test_a_browsers_command_for_windows_is_read() -> None:
    command = f'curl ^"{URL}^" ^\n  -H ^"accept: a^%^20b^" ^\n  --data-raw ^"a=1^&b=c^"'

    read = curl_request(command)

    assert (read.url, read.content) == (URL, b"a=1&b=c")
    assert ("accept", "a%20b") in read.headers


def test_the_entities_of_a_web_page_are_read_as_characters() -> None:
    read = curl_request(f"curl -d 'a=1&amp;b=2' {URL}")

    assert read.content == b"a=1&b=2"
    assert "&amp;" in read.notes[0]


@pytest.mark.parametrize(
    ("options", "content"),
    [
        ("--data-urlencode 'a b&'", b"a+b%26"),
        ("--data-urlencode '=a b'", b"a+b"),
        ("--data-urlencode 'n=a b'", b"n=a+b"),
        ("--data-raw @a", b"@a"),
        ("--json '{}'", b"{}"),
        ("-sSLkd 'x'", b"x"),
        ("-sd a=b --no-silent", b"a=b"),
        ("-G --no-get -d a=b", b"a=b"),
        ("--get -d a=b", None),
    ],
)
def test_a_body_is_that_of_curl(options: str, content: bytes | None) -> None:
    assert curl_request(f"curl {options} {URL}").content == content


@pytest.mark.parametrize(
    "written", ["$TOKEN", "${TOKEN}", '"$env:TOKEN"', "${env:TOKEN}"]
)
def test_a_variable_is_the_notebooks_or_an_error_that_names_it(written: str) -> None:
    command = f"curl -d token={written} {URL}"

    assert curl_request(command, lambda name: f"<{name}>").content == b"token=<TOKEN>"
    with pytest.raises(CommandError, match=r"\$TOKEN"):
        curl_request(command)


@pytest.fixture
def notebook(story: Workbench) -> Iterator[Notebook]:
    from IPython.core.interactiveshell import InteractiveShell

    made = Notebook(story)
    yield made
    made.history.end_session()
    InteractiveShell.clear_instance()


def test_what_was_left_aside_is_shown_with_the_answer(notebook: Notebook) -> None:
    call = notebook.run(f"%%curl\ncurl -sk -m 5 --compressed -o x {FORM}").result

    assert call.status == 200
    assert "Left aside: -s" in notebook.shown[0]
    assert "Left aside: -k" in notebook.shown[0]
    assert "-o (no file is written" in notebook.shown[0]
    assert dict(call.request_headers)["accept-encoding"].startswith("deflate")


def test_d_with_a_dash_shows_the_headers(notebook: Notebook) -> None:
    notebook.run(f"%%curl\ncurl -D - {FORM}")

    assert notebook.shown[0].startswith("HTTP/1.1 200 OK\n")


def test_w_prints_what_it_says(notebook: Notebook) -> None:
    wanted = "%{http_code} %{content_type}\\n%{time_total} %{nobody} %% %header{pragma}"

    notebook.run(f"%%curl\ncurl -w '{wanted}' {FORM}")

    first = "200 application/json;charset=UTF-8\n0.000000  % no-cache"
    assert notebook.shown[0] == first
    assert "time_total is not known here" in notebook.shown[1]
    assert "nobody is not known here" in notebook.shown[1]


def test_w_of_a_file_is_left_aside(notebook: Notebook) -> None:
    notebook.run(f"%%curl\ncurl -w @format {FORM}")

    assert "-w @" in notebook.shown[-1]


def test_f_says_how_curl_would_end(notebook: Notebook) -> None:
    wrong = FORM.replace("mySecret", "wrong")

    call = notebook.run(f"%%curl\ncurl -f {wrong}").result

    assert call.json["error"] == "invalid_client"
    assert "exit code 22" in notebook.shown[-1]


def test_l_says_where_curl_would_go_on_to_and_shows_no_code(
    wb: Workbench, notebook: Notebook
) -> None:
    agent_for_user(wb)
    session = wb.client.authenticate(USER, USER_PASSWORD).token_id
    notebook.shell.user_ns["session"] = session
    url = URL.replace("access_token", "authorize")

    call = notebook.run(
        f"""%%curl
        curl -L {url} -b "iPlanetDirectoryPro=$session" -d client_id=hr-client \\
          -d response_type=code -d decision=allow -d "csrf=$session" -d scope=read \\
          -d redirect_uri={CALLBACK}"""
    ).result

    assert call.status == 302
    assert f"-L: curl would go on to {CALLBACK}, " in notebook.shown[-1]
    assert call.code not in "".join(notebook.shown)
