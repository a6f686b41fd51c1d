"""The page that asks a person for consent, for those who come with a browser."""

from urllib.parse import urlencode

from markupsafe import Markup

from workbench.am.clients.client import Client
from workbench.server.hidden_fields import hidden_fields
from workbench.server.request.parameters import RequestParameters

REALM = "realm"
"""The parameter that names a realm, which counts in the URL alone."""

ASKED_ANEW = frozenset({"csrf", "decision", REALM})

PAGE = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    "<title>Consent for {name}</title></head><body><main>"
    "<h1>{name}</h1><p>You are {person}. "
    "This application asks for:</p><ul>{scopes}</ul>"
    '<form method="post" action="?{query}">{hidden}'
    '<button name="decision" value="allow">Allow</button> '
    '<button name="decision" value="deny">Deny</button>'
    "</form></main></body></html>"
)


def consent_page(
    client: Client,
    scope: tuple[str, ...],
    sent: RequestParameters,
    session_token: str,
    person: str,
) -> str:
    """A form that posts the same request again, with the person's answer."""
    realm = sent.get(REALM)
    again = [pair for pair in sent.pairs() if pair[0] not in ASKED_ANEW]
    return PAGE.format(
        name=client.name or client.client_id,
        person=person,
        query=urlencode({REALM: realm}) if realm else "",
        scopes=Markup("").join(Markup("<li>{}</li>").format(each) for each in scope),
        hidden=hidden_fields([*again, ("csrf", session_token)]),
    )
