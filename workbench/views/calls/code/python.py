"""Python with httpx, which is what the bench itself sends with."""

from collections.abc import Iterable

from workbench.views.calls.code.asked import Pairs, ToSend

FORM = "application/x-www-form-urlencoded"

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def python(request: ToSend) -> str:
    """A program that sends it and prints the answer. It follows no redirect.

    httpx trusts the certificate that ``SSL_CERT_FILE`` names.
    """
    imports, headers, body = "import httpx", request.headers, []
    if request.form and _is_grouped(request.form):
        body = [f"data={_data(request.form)},"]
    elif request.form:  # httpx would send what is repeated side by side
        imports = f"from urllib.parse import urlencode\n\n{imports}"
        headers = (*headers, ("content-type", FORM))
        body = [f"content=urlencode({_pairs(request.form)}).encode(),"]
    elif request.json:
        body = [f"content={literal(request.json)}.encode(),"]
    if headers:
        body.insert(0, f"headers={_headers(headers)},")
    call = [f"{literal(request.method)},", f"{literal(request.url)},", *body]
    sent = _over_lines("response = httpx.request(", call, ")", step="")
    return f"{imports}\n\n{sent}\nprint(response.status_code, response.text)"


def literal(text: str) -> str:
    """The text as Python writes it, with no character that hides."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _header(value: str) -> str:
    """A header's value; httpx takes what is not ASCII as octets only."""
    travels = not value.isascii() and max(value) <= "\xff"
    return f'{literal(value)}.encode("latin-1")' if travels else literal(value)


def _headers(headers: Pairs) -> str:
    names = [name for name, _ in headers]
    if len(set(names)) == len(names):
        pairs = [f"{literal(n)}: {_header(v)}," for n, v in headers]
        return _over_lines("{", pairs, "}")
    pairs = [f"({literal(n)}, {_header(v)})," for n, v in headers]
    return _over_lines("[", pairs, "]")


def _pairs(pairs: Pairs) -> str:
    return _over_lines("[", (f"({literal(n)}, {literal(v)})," for n, v in pairs), "]")


def _is_grouped(form: Pairs) -> bool:
    """Whether what is repeated stands together, as httpx sends it."""
    names = [name for name, _ in form]
    runs = [n for i, n in enumerate(names) if i == 0 or names[i - 1] != n]
    return len(set(runs)) == len(runs)


def _data(form: Pairs) -> str:
    found: dict[str, list[str]] = {}
    for name, value in form:
        found.setdefault(name, []).append(literal(value))
    pairs = (
        f"{literal(name)}: {all_of[0] if len(all_of) == 1 else _list(all_of)},"
        for name, all_of in found.items()
    )
    return _over_lines("{", pairs, "}")


def _list(values: list[str]) -> str:
    return f"[{', '.join(values)}]"


def _over_lines(
    start: str, items: Iterable[str], end: str, *, step: str = "    "
) -> str:
    """Items one a line inside of brackets, deeper than the line that these are in."""
    lines = [f"{step}    {item}" for item in items]
    return "\n".join([start, *lines, f"{step}{end}"])
