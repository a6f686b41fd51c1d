"""The page that asks a person for consent, for those who come with a browser."""

from html import escape

from workbench.am.clients.client import Client
from workbench.server.request.parameters import RequestParameters

ASKED_ANEW = frozenset({"csrf", "decision"})


def consent_page(
    client: Client,
    scope: tuple[str, ...],
    sent: RequestParameters,
    session_token: str,
    person: str,
) -> str:
    """A form that posts the same request again, with the person's answer."""
    name = escape(client.name or client.client_id)
    kept = [pair for pair in sent.pairs() if pair[0] not in ASKED_ANEW]
    hidden = "".join(_hidden(*pair) for pair in [*kept, ("csrf", session_token)])
    wanted = "".join(f"<li>{escape(each)}</li>" for each in scope)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Consent for {name}</title></head><body><main>"
        f"<h1>{name}</h1><p>You are {escape(person)}. "
        f"This application asks for:</p><ul>{wanted}</ul>"
        f'<form method="post" action="?">{hidden}'
        '<button name="decision" value="allow">Allow</button> '
        '<button name="decision" value="deny">Deny</button>'
        "</form></main></body></html>"
    )


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
