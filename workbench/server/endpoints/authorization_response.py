"""How the authorization endpoint hands its parameters to the client.

Sources: OAuth 2.0 Multiple Response Type Encoding Practices section 2.1; OAuth 2.0
Form Post Response Mode.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup

from workbench.am.basics.secrets import safe_text
from workbench.errors import InvalidRequest
from workbench.server.answers import NO_STORE, Answer
from workbench.server.hidden_fields import hidden_fields

QUERY, FRAGMENT, FORM_POST = "query", "fragment", "form_post"
RESPONSE_MODES = (QUERY, FRAGMENT, FORM_POST)

HTML = "text/html;charset=UTF-8"

FORM_PAGE = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    "<title>Submit this form</title></head>"
    '<body onload="document.forms[0].submit()">'
    '<form method="post" action="{redirect_uri}">{hidden}'
    "<noscript><button>Continue</button></noscript></form></body></html>"
)


def response_mode(sent: str | None) -> str:
    """The mode asked for; ``query`` is the default of a code.

    Raises:
        InvalidRequest: There is no such mode here. PingAM's text is not known.
    """
    mode = QUERY if sent is None else sent
    if mode not in RESPONSE_MODES:
        raise InvalidRequest(
            "Response mode is not supported.",
            hint=f"{safe_text(mode)} is none of {', '.join(RESPONSE_MODES)}.",
        )
    return mode


def authorization_response(
    mode: str, redirect_uri: str, parameters: Mapping[str, str]
) -> Answer:
    """A redirect with the parameters, or a form that posts them by itself."""
    if mode == FORM_POST:
        return Answer(200, form_post_page(redirect_uri, parameters), NO_STORE, HTML)
    further = "&" if "?" in redirect_uri else "?"
    joint = "#" if mode == FRAGMENT else further
    location = f"{redirect_uri}{joint}{urlencode(parameters)}"
    return Answer(302, "", {**NO_STORE, "Location": location}, HTML)


def form_post_page(redirect_uri: str, parameters: Mapping[str, str]) -> str:
    """A page that posts the parameters to the client as soon as it is there."""
    hidden = hidden_fields(parameters.items())
    return FORM_PAGE.format(redirect_uri=redirect_uri, hidden=hidden)
