"""A ``.http`` file, as VS Code's REST Client and JetBrains' HTTP Client send it.

Both read a request line, headers, an empty line and the body; ``###`` begins another
request, ``{{`` a variable. A form stands in one line, which both send as it is.
"""

from urllib.parse import quote, urlsplit

from workbench.views.calls.code.asked import ToSend

FORM = "application/x-www-form-urlencoded"


def http_file(request: ToSend) -> str:
    """One request of such a file. It follows no redirect."""
    path = urlsplit(request.url).path.rpartition("/")[2]
    lines = [
        f"### {request.method} {path}",
        "# @no-redirect",
        f"{request.method} {request.url}",
        *(f"{name}: {value}" for name, value in request.headers),
    ]
    if request.form:
        lines += [f"content-type: {FORM}", "", _form(request)]
    if request.json:  # two braces are in a text of it alone, and \u007b is one of them
        lines += ["", request.json.replace("{{", "{\\u007b")]
    return "\n".join([*lines, ""])


def _form(request: ToSend) -> str:
    return "&".join(
        f"{_encoded(name)}={value if number in request.hidden else _encoded(value)}"
        for number, (name, value) in enumerate(request.form)
    )


def _encoded(text: str) -> str:
    return quote(text, safe="!()*-._~:/", errors="replace")
