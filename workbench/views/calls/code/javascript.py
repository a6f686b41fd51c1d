"""JavaScript with ``fetch``, for Node.js 18 and later."""

from workbench.views.calls.code.asked import Pairs, ToSend

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def javascript(request: ToSend) -> str:
    """A module that sends it and prints the answer. It follows no redirect.

    Node.js trusts the certificate that ``NODE_EXTRA_CA_CERTS`` names, beside its own.
    """
    lines = [f"  method: {literal(request.method)},"]
    if request.headers:
        lines.append(f"  headers: {_pairs(request.headers)},")
    if request.form:
        lines.append(f"  body: new URLSearchParams({_pairs(request.form)}),")
    if request.json:
        lines.append(f"  body: {literal(request.json)},")
    lines.append('  redirect: "manual",')
    return "\n".join(
        [
            f"const response = await fetch({literal(request.url)}, {{",
            *lines,
            "});",
            "console.log(response.status, await response.text());",
        ]
    )


def literal(text: str) -> str:
    """The text as JavaScript writes it, with no character that hides."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\u{{{ord(character):x}}}"


def _pairs(pairs: Pairs) -> str:
    """Names and values one a line, since one may be there several times."""
    lines = (f"    [{literal(name)}, {literal(value)}]," for name, value in pairs)
    return "\n".join(["[", *lines, "  ]"])
