"""A curl command as it is typed, against the request that the real curl sends."""

import re
import shutil
import socket
import subprocess
from threading import Thread

import pytest

from workbench.agent.curl.command import curl_request
from workbench.errors import CommandError
from workbench.magics.curl import http_request

URL = "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha/access_token"

PRINTED = f"""$ curl \\
--request POST \\
--data 'grant_type=client_credentials' \\
--data 'client_id=risk-agent' \\
--data 'client_secret=mySecret' \\
--data 'scope=read' \\
'{URL}'
"""

SAME_AS_CURL = [
    "curl URL/x",
    "curl -X POST URL/x",
    "curl --request POST --data 'a=b' --data 'c=d' URL/x",
    "curl -d a=b -dc=d URL/x",
    "curl -d '' URL/x",
    "curl URL/x --data-urlencode 'a b=c d&+~*(é' --data-urlencode '=x y' -d 'z=1'",
    "curl --data-urlencode 'no name' --data-raw @here --data-binary 'a\nb' URL/x",
    'curl --data-ascii "it\'s=\\"quoted\\" \\$5" URL/x',
    "curl -G -d a=b --data-urlencode 'c=d e' 'URL/x?q=1'",
    "curl -G URL",
    "curl -I URL/x",
    "curl -sSik URL/x",
    "curl -u data-agent:my:Secret URL/x",
    "curl -u 'ü:é' URL/x",
    "curl -u a:b -u c:d --basic URL/x",
    "curl -u a:b -H 'Authorization: Bearer x' URL/x",
    "curl -u a:b -H 'authorization:' URL/x",
    "curl --oauth2-bearer abc URL/x",
    "curl -b a=b --cookie c=d URL/x",
    "curl -b a=b -H 'Cookie: e=f' URL/x",
    "curl -H 'Accept-API-Version: resource=1.0' -H 'X-Empty;' -H 'X:  y  ' URL/x",
    "curl -H 'Accept:' -H 'Content-Type: application/json' -d '{\"a\": 1}' URL/x",
    "curl -A '' -e http://there/ -H 'Host: am.example.com' URL/x",
    "curl -A me URL/x",
    "curl --json '{\"a\":1}' URL/x",
    "curl -X DELETE URL/x",
    "curl -X GET -d a=b URL/x",
    "curl -X PUT -H 'If-None-Match: *' -d '{}' --url URL/x",
    "curl 'URL/a/../b/./c?x=../y#frag'",
    "curl -g 'URL/x?a[0]=1&b=%7Bc%7D'",
    "curl URL/x?a=b'&'c=d \\\n  -d e=f \\\n  # the end\n",
    "curl -- URL/x",
    "curl --compressed URL/x",
    "curl --no-get -d a=b URL/x",
    "curl -G --no-get -d a=b URL/x",
    "curl --url-query 'a=b c' --url-query +d=e --url-query =f URL/x?q=1",
    "curl -G -d a=b --url-query c=d URL/x",
    "curl -b '' URL/x",
    "curl -sSLkd 'a=b' URL/x",
    "curl --insec --silen -m 5 --connect-timeout 5 --http1.1 URL/x",
    "curl -f -N -4 -o /dev/null -w '%{http_code}' --retry 0 -D /dev/null URL/x",
    "curl --tlsv1.2 --proto '=http' --no-progress-meter --no-keepalive URL/x",
]


def sent(command: str) -> tuple[str, str, list[tuple[str, str]], bytes]:
    """Method, target, headers but the User-Agent, and body, as httpx sends them."""
    made = http_request(curl_request(command))
    headers = [(n.decode(), v.decode()) for n, v in made.headers.raw]
    return made.method, made.url.raw_path.decode(), comparable(headers), made.content


def comparable(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    named = [(n.lower(), v.strip()) for n, v in headers]
    kept = [(n, v) for n, v in named if n != "user-agent" or v.isalpha()]
    return sorted((n, v) for n, v in kept if (n, v) != ("user-agent", "curl"))


def sent_by_curl(command: str, port: int, listener: socket.socket) -> object:
    """The same of the real curl, which speaks to a socket."""
    seen: list[bytes] = []
    reader = Thread(target=lambda: seen.append(receive(listener)), daemon=True)
    reader.start()
    real = command.replace("curl", "curl -q -s --max-time 5 --noproxy '*'", 1)
    subprocess.run(["sh", "-c", real], capture_output=True, timeout=20, check=False)
    reader.join(10)
    head, _, body = seen[0].partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, target, _ = first.split(" ")
    headers = [tuple(line.split(":", 1)) for line in lines]
    return method, target, comparable(headers), body  # type: ignore[arg-type]


def receive(listener: socket.socket) -> bytes:
    connection, _ = listener.accept()
    connection.settimeout(5)
    data = b""
    with connection:
        while not complete(data):
            data += connection.recv(65536)
        connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
    return data


def complete(data: bytes) -> bool:
    head, end, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return bool(end) and len(body) >= int(length[1] if length else 0)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("command", SAME_AS_CURL)
def test_sends_what_the_real_curl_sends(command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        port = listener.getsockname()[1]
        command = command.replace("URL", f"http://127.0.0.1:{port}")

        assert sent(command) == sent_by_curl(command, port, listener)


def test_reads_the_command_of_the_vendors_page() -> None:
    request = curl_request(PRINTED)

    assert (request.method, request.url) == ("POST", URL)
    assert request.content == (
        b"grant_type=client_credentials&client_id=risk-agent"
        b"&client_secret=mySecret&scope=read"
    )


def test_what_it_would_print_is_kept() -> None:
    plain, whole = curl_request(f"curl {URL}"), curl_request(f"curl -ivL {URL}")

    assert (plain.include, plain.verbose, plain.location) == (False, False, False)
    assert (whole.include, whole.verbose, whole.location) == (True, True, True)


def test_the_repr_shows_no_secret() -> None:
    request = curl_request(
        f"curl -u data-agent:mySecret -d p=mySecret {URL}?s=mySecret"
    )

    assert "mySecret" not in repr(request)


@pytest.mark.parametrize(
    ("command", "named"),
    [
        ("--output=out URL", "--output"),
        ("-F a=b URL", "-F"),
        ("-T file URL", "-T"),
        ("--proxy http://x URL", "--proxy"),
        ("--next URL", "--next"),
        ("-d @file URL", "-d @"),
        ("--data-urlencode name@file URL", "--data-urlencode @"),
        ("-H @file URL", "-H @"),
        ("-b jar URL", "-b @"),
        ("-e ';auto' URL", "-e"),
        ("-u data-agent URL", "-u"),
        ("-u a:b --oauth2-bearer c URL", "--oauth2-bearer"),
        ("-H nonsense URL", "-H"),
        ("-H 'Content-Length: 3' URL", "Content-Length"),
        ("-H 'Host:' URL", "Host"),
        ("-H 'X: a\nb' URL", "line break"),
        ("-I -d a=b URL", "-I"),
        ("-X post URL", "-X"),
        ("--json '{}' -d a=b URL", "--json"),
        ("URL -X", "-X needs a value"),
        ("URL --data", "--data needs a value"),
        ("-d a=b", "no URL"),
        ("URL URL", "more than one URL"),
        ("URL?{a,b}", "{"),
        ("'URL?[1-3]'", "pattern"),
        ("'URL?a b'", "Percent-encode"),
        ("-G -d a#b URL", "Percent-encode"),
        ("https://a:b@am.example.com/", "-u"),
        ("https://am.example.com:x/", "port"),
    ],
)
def test_what_curl_would_do_and_is_not_done_is_refused(
    command: str, named: str
) -> None:
    with pytest.raises(CommandError, match=re.escape(named)):
        curl_request("curl " + command.replace("URL", URL))


def test_a_refusal_shows_no_value() -> None:
    for command in (
        f"curl --secret=mySecret {URL}",
        f"curl -u mySecret {URL}",
        f"curl -H mySecret {URL}",
        f"curl -d @mySecret {URL}",
        f"curl -d client_secret=mySecret mySecret {URL}",
    ):
        with pytest.raises(CommandError) as refusal:
            curl_request(command)

        assert "mySecret" not in str(refusal.value)


def test_another_command_is_refused() -> None:
    with pytest.raises(CommandError, match="begins with curl"):
        curl_request(f"wget {URL}")
