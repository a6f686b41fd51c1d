"""Which languages there are, and a request in one of them."""

from collections.abc import Callable

from workbench.am.basics.validation import name_instead
from workbench.errors import SettingError
from workbench.views.calls.call import RequestLike
from workbench.views.calls.code.asked import ToSend, asked
from workbench.views.calls.code.http_file import http_file
from workbench.views.calls.code.javascript import javascript
from workbench.views.calls.code.python import python
from workbench.views.calls.curl import curl
from workbench.views.page.html import block, page

CURL = "curl"

_WRITERS: dict[str, Callable[[ToSend], str]] = {
    "Python": python,
    "JavaScript": javascript,
    ".http": http_file,
}

LANGUAGES = (CURL, *_WRITERS)
"""What a request can be written in: a command, two programs and a file."""


def code_for(call: RequestLike, language: str, hidden: bool = True) -> str:
    """Code that sends the same request: the same parameters, headers and body.

    Args:
        call: The request, sent or a draft.
        language: One of ``LANGUAGES``, in capitals or not.
        hidden: Hide secrets and elide tokens. The code is then to read; without, it
            runs, and holds what the request holds.

    Raises:
        SettingError: There is no such language.
    """
    known = {name.lower(): name for name in LANGUAGES}
    name = known.get(str(language).lower())
    if name is None:
        instead = name_instead(str(language).lower(), known).replace(
            "It has", "There are"
        )
        raise SettingError(f"No code is written in {language!r}. {instead}")
    if name == CURL:
        return curl(call, hidden=hidden)
    return _WRITERS[name](asked(call, hidden=hidden))


def code_html(call: RequestLike, language: str, hidden: bool = True) -> str:
    """The code as a block to copy."""
    return page(block(code_for(call, language, hidden)))
