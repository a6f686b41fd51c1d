"""How the authorization endpoint hands its parameters to the client.

Sources: OAuth 2.0 Multiple Response Type Encoding Practices section 2.1; OAuth 2.0
Form Post Response Mode.
"""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from workbench.am.basics.secrets import shown
from workbench.errors import InvalidRequest
from workbench.server.answers import NO_STORE, Answer

QUERY, FRAGMENT, FORM_POST = "query", "fragment", "form_post"
RESPONSE_MODES = (QUERY, FRAGMENT, FORM_POST)

HTML = "text/html;charset=UTF-8"


def response_mode(sent: str | None) -> str:
    """The mode asked for; ``query`` is the default of a code.

    Raises:
        InvalidRequest: There is no such mode here. PingAM's text is not known.
    """
    mode = QUERY if sent is None else sent
    if mode not in RESPONSE_MODES:
        raise InvalidRequest(
            "Response mode is not supported.",
            hint=f"{shown(mode)} is none of {', '.join(RESPONSE_MODES)}.",
        )
    return mode


def authorization_response(
    mode: str, redirect_uri: str, parameters: Mapping[str, str]
) -> Answer:
    """A redirect with the parameters, or a form that posts them by itself."""
    if mode == FORM_POST:
        return Answer(200, _form(redirect_uri, parameters), NO_STORE, HTML)
    further = "&" if "?" in redirect_uri else "?"
    joint = "#" if mode == FRAGMENT else further
    location = f"{redirect_uri}{joint}{urlencode(parameters)}"
    return Answer(302, "", {**NO_STORE, "Location": location}, HTML)


def _form(redirect_uri: str, parameters: Mapping[str, str]) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in parameters.items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<title>Submit this form</title></head>"
        '<body onload="document.forms[0].submit()">'
        f'<form method="post" action="{escape(redirect_uri)}">{hidden}'
        "<noscript><button>Continue</button></noscript></form></body></html>"
    )
