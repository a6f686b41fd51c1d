import shutil
import subprocess
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qsl

import pytest

from workbench.views.calls.curl import curl, curl_html

from .conftest import Calls

AWKWARD = "a&b=c%41+d e@f'g\"h$(i)`j`\\k\né€\u202e;#"


def test_prints_the_command_as_the_vendor_page_does(call: Calls) -> None:
    form = (
        ("grant_type", "client_credentials"),
        ("client_id", "risk-agent"),
        ("client_secret", "mySecret"),
        ("scope", "read"),
    )

    assert curl(call(form=form)) == (
        "curl \\\n"
        "--request POST \\\n"
        "--data 'grant_type=client_credentials' \\\n"
        "--data 'client_id=risk-agent' \\\n"
        "--data 'client_secret=mySecret' \\\n"
        "--data 'scope=read' \\\n"
        "'https://am.example.com:8443/am/oauth2/realms/root/realms/alpha/access_token'"
    )


@pytest.mark.parametrize(
    ("value", "argument"),
    [
        ("(age!risk-agent)", "--data 'f=(age!risk-agent)'"),
        ("read write", "--data-urlencode 'f=read write'"),
        ("a&b", "--data-urlencode 'f=a&b'"),
        ("a+b", "--data-urlencode 'f=a+b'"),
        ("100%", "--data-urlencode 'f=100%'"),
        ("é", "--data-urlencode 'f=é'"),
        ("@file", "--data-urlencode 'f=@file'"),
        ("it's", "--data 'f=it'\\''s'"),
        ("a\x00b", "--data 'f=a%00b'"),
        ("", "--data 'f='"),
    ],
)
def test_encodes_what_data_would_change(call: Calls, value: str, argument: str) -> None:
    assert argument in curl(call(form=(("f", value),))).split(" \\\n")


def test_leaves_out_the_headers_that_every_client_sends(call: Calls) -> None:
    headers = (("accept", "*/*"), ("user-agent", "x"), ("Authorization", "Basic cg=="))

    command = curl(call(request_headers=headers))

    assert command.count("--header") == 1
    assert "--header 'Authorization: Basic cg=='" in command


def test_does_not_let_curl_expand_the_url(call: Calls) -> None:
    assert "--globoff" in curl(call(url="https://am.example.com/x?a[]=1"))


def test_the_html_can_be_copied(call: Calls) -> None:
    made = call(form=(("scope", "<b>"),))

    assert "--data &#x27;scope=&lt;b&gt;&#x27; \\\n" in curl_html(made)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_sends_exactly_the_fields_that_were_sent(call: Calls) -> None:
    form = (("scope", AWKWARD), ("@odd name&", "x"), ("empty", ""), ("", "nameless"))

    with HTTPServer(("127.0.0.1", 0), Echo) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/access_token"
        command = curl(call(url=url, form=form))
        done = subprocess.run(
            ["sh", "-c", command.replace("curl", "curl -s --noproxy '*'", 1)],
            capture_output=True,
            check=True,
            timeout=20,
        )
        server.shutdown()

    assert tuple(parse_qsl(done.stdout.decode(), keep_blank_values=True)) == form


class Echo(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


def test_hidden_it_is_only_to_read(call: Calls) -> None:
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"
    form = (("client_secret", "mySecret"), ("scope", "a b"), ("token", token))

    command = curl(call(form=form), hidden=True)

    assert "mySecret" not in command
    assert token not in command
    assert "--data 'client_secret=••••••••'" in command
    assert "--data-urlencode 'scope=a b'" in command
