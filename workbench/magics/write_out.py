"""What ``curl -w`` prints when all is done (curl(1), --write-out)."""

import json
import re

from workbench.agent.client import Call
from workbench.views.page.plain import disclosed_value, without_tokens

_PART = re.compile(r"%%|%(?:header)?\{([^}]*)\}|\\([nrt])")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
NOT_MEASURED = "0.000000"


def write_out(wanted: str, call: Call) -> tuple[str, list[str]]:
    """The text, and a sentence for whatever of it is not known here.

    Args:
        wanted: The value of ``-w``.
        call: The request and its answer; tokens in it are cut short.
    """
    if wanted.startswith("@"):
        return "", ["Left aside: -w @… (it would be read from a file)."]
    known, missing = _known(call), []
    headers = {n: disclosed_value(n, v) for n, v in call.response_headers}

    def part(found: re.Match[str]) -> str:
        name = found[1]
        if name is None:
            return _ESCAPES[found[2]] if found[2] else "%"
        if found[0].startswith("%header"):
            return str(headers.get(name.lower(), ""))
        if name in known:
            return known[name]
        missing.append(name)
        return NOT_MEASURED if name.startswith("time_") else ""

    text = _PART.sub(part, wanted)
    return text, [f"-w: {name} is not known here." for name in dict.fromkeys(missing)]


def _known(call: Call) -> dict[str, str]:
    headers = dict(call.response_headers)
    location = headers.get("location", "")
    values = {
        "http_code": f"{call.status:03d}",
        "response_code": f"{call.status:03d}",
        "http_version": "1.1",
        "content_type": headers.get("content-type", ""),
        "method": call.method,
        "url": without_tokens(call.url),
        "url_effective": without_tokens(call.url),
        "scheme": call.url.partition(":")[0].upper(),
        "redirect_url": without_tokens(location),
        "size_download": str(len(call.body.encode())),
        "num_headers": str(len(call.response_headers)),
        "num_redirects": "0",
        "exitcode": "0",
        "errormsg": "",
        "urlnum": "0",
        "stdout": "",
        "stderr": "",
        "onerror": "",
    }
    shown = {n: [disclosed_value(n, v)] for n, v in call.response_headers}
    return {**values, "json": json.dumps(values), "header_json": json.dumps(shown)}
