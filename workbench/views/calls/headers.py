"""Every header of a call, as ``curl -i`` and ``curl -v`` print them."""

from workbench.views.calls.call import CallLike, status_line, target
from workbench.views.page.html import block, page
from workbench.views.page.plain import disclosed_value, visible_text


def headers_text(call: CallLike, *, request: bool) -> str:
    """The answer's headers below its status; secrets hidden, tokens elided.

    Args:
        call: One request and its answer.
        request: Whether those of the request come first.
    """
    lines = []
    if request:
        lines = [f"> {visible_text(call.method)} {target(call)}"]
        lines += _lines("> ", call.request_headers)
    mark = "< " if request else ""
    lines.append(f"{mark}HTTP/1.1 {status_line(call)}")
    return "\n".join([*lines, *_lines(mark, call.response_headers)])


def headers_html(call: CallLike, *, request: bool) -> str:
    """The same as HTML."""
    return page(block(headers_text(call, request=request)))


def _lines(mark: str, headers: tuple[tuple[str, str], ...]) -> list[str]:
    return [
        f"{mark}{visible_text(n)}: {visible_text(disclosed_value(n, v))}"
        for n, v in headers
    ]
