"""The stories that tests tell: who is registered, and the requests they send.

A world is a bench with people, clients and agents in it; it is given back, so that a
fixture can be one line. What follows are requests, first those of agents, then those
of a person's browser and client, then those with a token in hand.
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from workbench import Workbench
from workbench.agent.client import Call
from workbench.am.exchange.decision import Check, Decision
from workbench.bench import Seen
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD

AM = "https://am.example.com:8443/am"
REALM = f"{AM}/oauth2/realms/root/realms/alpha"
CALLBACK = "https://www.example.com:443/callback"
APP_CALLBACK = "https://app.example.com/callback"
SECRET = "mySecret"
APP_SECRET = "s"

TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"

REFUSED = {"error_description": "Invalid token exchange.", "error": "invalid_request"}
INVALID_GRANT = {
    "error_description": "The provided access grant is invalid, expired, or revoked.",
    "error": "invalid_grant",
}
INVALID_TOKEN = {
    "error_description": "The access token provided is expired, revoked, malformed, or "
    "invalid for other reasons.",
    "error": "invalid_token",
}


# Worlds


def agent_for_agent(wb: Workbench) -> Workbench:
    """data-agent, risk-agent, and the script that lets the second act for the first."""
    wb.prepare("agent-for-agent")
    return wb


def agent_for_user(wb: Workbench) -> Workbench:
    """bjensen, hr-client, and hr-agent that may act for her."""
    wb.prepare("agent-for-user")
    return wb


def autonomous_agent(wb: Workbench) -> Workbench:
    """Agents register themselves; a script makes each its own actor."""
    wb.prepare("autonomous-agent")
    return wb


def person_with_app(
    wb: Workbench, *, attributes: dict[str, list[str]] | None = None, **app: Any
) -> Workbench:
    """bjensen and ``app``, a client that gets tokens with her password."""
    wb.realm.add_user(USER, password=USER_PASSWORD, attributes=attributes or {})
    wb.realm.register_client("app", secret=APP_SECRET, **app)
    return wb


def open_registration(wb: Workbench) -> Workbench:
    """Anybody may register, with two scopes to choose from."""
    wb.provider.allowDynamicRegistration = True
    wb.provider.supportedScopes = ("read", "write|en|Change things")
    return wb


def override(wb: Workbench, *client_ids: str, **settings: Any) -> None:
    """Switch the clients' own provider settings on, and set some of them."""
    for client_id in client_ids:
        live = {"providerOverridesEnabled": True, **settings}
        wb.realm.update(client_id, overrides=live)


def add_grant(wb: Workbench, client_id: str, grant: str = "refresh_token") -> None:
    """Let a client use one more grant."""
    own = wb.realm.client(client_id).grant_types
    wb.realm.update(client_id, grant_types=[*own, grant])


def lets_act(agent: str) -> str:
    """A may act script that names one agent."""
    return f'token.setMayAct({{client_id: "{agent}", sub: "(age!{agent})"}});'


def modify_tokens(
    wb: Workbench, source: str, version: str = "2.0", client_id: str = "risk-agent"
) -> None:
    """Give a client an access token modification script."""
    context = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
    script = wb.realm.add_script(f"for {client_id}", source, version, context=context)
    override(wb, client_id, **_scripted("accessTokenModification", script.id))


def validate_scope(
    wb: Workbench,
    source: str,
    version: str = "2.0",
    client_id: str | None = "risk-agent",
) -> None:
    """Give a client, or with None the realm, a script that validates scopes."""
    context = "OAUTH2_VALIDATE_SCOPE"
    script = wb.realm.add_script(f"for {client_id}", source, version, context=context)
    _set(wb, client_id, _scripted("validateScope", script.id))


def evaluate_scope(
    wb: Workbench, source: str, version: str = "2.0", client_id: str | None = None
) -> None:
    """Give the realm, or a client, a script that says what a token's scopes tell."""
    context = "OAUTH2_EVALUATE_SCOPE"
    script = wb.realm.add_script(f"for {client_id}", source, version, context=context)
    _set(wb, client_id, _scripted("evaluateScope", script.id))


def provide_authorize_data(wb: Workbench, source: str, version: str = "2.0") -> None:
    """Give the realm, and hr-client with it, a script that adds to redirects."""
    kind = "authorizeEndpointDataProvider"
    context = "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER"
    script = wb.realm.add_script("data", source, version, context=context)
    wb.realm.set_provider(**_scripted(kind, script.id))
    wb.realm.update("hr-client", overrides={f"{kind}PluginType": "PROVIDER"})


def tell_claims(wb: Workbench, source: str, version: str = "2.0") -> None:
    """Give the realm an OIDC claims script."""
    script = wb.realm.add_script("claims", source, version, context="OIDC_CLAIMS")
    wb.provider.oidcClaimsScript = script.id


def _scripted(kind: str, script: str) -> dict[str, str]:
    return {f"{kind}PluginType": "SCRIPTED", f"{kind}Script": script}


def _set(wb: Workbench, client_id: str | None, settings: dict[str, str]) -> None:
    if client_id is None:
        wb.realm.set_provider(**settings)
    else:
        override(wb, client_id, **settings)


# Requests of agents


def ask_own_token(
    wb: Workbench, client_id: str = "risk-agent", scope: str | None = "read"
) -> Call:
    """An agent or client asks for a token of its own."""
    return wb.client.client_credentials(client_id, SECRET, scope=scope)


def own_token(wb: Workbench, client_id: str, scope: str = "read") -> str:
    """The token that an agent or client gets for itself."""
    return ask_own_token(wb, client_id, scope).access_token


def exchange(wb: Workbench, client_id: str, subject: str, **form: Any) -> Call:
    """An agent exchanges a token for one that reads, with its own as actor token.

    ``form`` names other parameters or other values; None leaves scope or actor out.
    """
    if "actor_token" not in form:
        form["actor_token"] = own_token(wb, client_id)
    sent = {"scope": "read", "subject_token": subject, **form}
    return wb.client.exchange(client_id, SECRET, **sent)


class Agents:
    """What the two agents of the vendor's page send; each method is one request."""

    def __init__(self, wb: Workbench) -> None:
        self.wb = wb

    def token(self, client_id: str, scope: str = "read") -> str:
        """The token that an agent gets for itself."""
        return own_token(self.wb, client_id, scope)

    def exchange(self, **changes: str | None) -> Call:
        """The exchange of the vendor's page; None leaves a parameter out."""
        form = {
            "client_id": "risk-agent",
            "client_secret": SECRET,
            "grant_type": TOKEN_EXCHANGE,
            "scope": "read",
            "subject_token": changes.pop("subject_token", "")
            or self.token("data-agent"),
            "subject_token_type": ACCESS_TOKEN,
            "actor_token": changes.get("actor_token", "") or self.token("risk-agent"),
            "actor_token_type": ACCESS_TOKEN,
            **changes,
        }
        return self.wb.client.post("access_token", _sent(form))

    def impersonate(self, **changes: str | None) -> Call:
        """The same without an actor token."""
        return self.exchange(actor_token=None, actor_token_type=None, **changes)

    def refresh(self, token: str, **more: Any) -> Call:
        """risk-agent refreshes a token."""
        return self.wb.client.refresh("risk-agent", SECRET, token, **more)


def _sent(form: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in form.items() if value is not None}


# Requests of a person's browser, and of her client


def login(
    wb: Workbench, name: str = USER, password: str = USER_PASSWORD
) -> httpx.Response:
    """A person logs in."""
    return wb.http.post(
        f"{AM}/json/realms/root/realms/alpha/authenticate",
        headers={
            "X-OpenAM-Username": name,
            "X-OpenAM-Password": password,
            "Accept-API-Version": "resource=2.0, protocol=1.0",
        },
    )


def consent(
    wb: Workbench, session: str | None = None, **changes: str | None
) -> httpx.Response:
    """bjensen lets hr-client have what it asks for; None leaves a parameter out."""
    session = login(wb).json()["tokenId"] if session is None else session
    form = {
        "scope": "read",
        "response_type": "code",
        "client_id": "hr-client",
        "csrf": session,
        "redirect_uri": CALLBACK,
        "decision": "allow",
        **changes,
    }
    return wb.http.post(
        f"{REALM}/authorize",
        data=_sent(form),
        headers={"Cookie": f"iPlanetDirectoryPro={session}"},
    )


def code_in(answer: httpx.Response) -> str:
    """The code that a redirect brings back."""
    return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]


def redeem(wb: Workbench, code: str, **changes: str | None) -> httpx.Response:
    """hr-client gets tokens for a code; None leaves a parameter out."""
    form = {
        "grant_type": "authorization_code",
        "client_id": "hr-client",
        "client_secret": SECRET,
        "code": code,
        "redirect_uri": CALLBACK,
        **changes,
    }
    return wb.http.post(f"{REALM}/access_token", data=_sent(form))


def password_tokens(wb: Workbench, scope: str | None = "read") -> Call:
    """hr-client gets tokens with bjensen's password."""
    return wb.client.password("hr-client", SECRET, USER, USER_PASSWORD, scope=scope)


def app_tokens(wb: Workbench, scope: str | None, client_id: str = "app") -> Call:
    """``app``, or a client beside it, gets tokens with bjensen's password."""
    return wb.client.password(client_id, APP_SECRET, USER, USER_PASSWORD, scope=scope)


# Requests with a token in hand


def bearer(token: str) -> dict[str, str]:
    """The header that carries a token."""
    return {"Authorization": f"Bearer {token}"}


def get(
    wb: Workbench, path: str, token: str | None = None, **query: str
) -> httpx.Response:
    """Read ``userinfo``, ``tokeninfo`` or another endpoint, with a token or none."""
    headers = {} if token is None else bearer(token)
    return wb.http.get(f"{REALM}/{path}", headers=headers, params=query)


def claims_of(wb: Workbench, told: Seen) -> dict[str, Any]:
    """The claims of a token, or of the access token in an answer."""
    claims = wb.inspect(told).claims
    assert claims is not None, "the token shows no claims"
    return dict(claims)


def refusal_of(decision: Decision | None) -> Check:
    """The rule that refused an exchange."""
    assert decision is not None, "nothing was decided"
    assert decision.refusal is not None, "no rule refused"
    return decision.refusal


def register_agent(wb: Workbench, metadata: dict[str, Any]) -> httpx.Response:
    """An agent registers itself."""
    return wb.http.post(f"{REALM}/aiagent/register", json=metadata)


def register(wb: Workbench, **metadata: Any) -> httpx.Response:
    """Somebody registers a client."""
    return wb.http.post(f"{REALM}/register", json=metadata)


def manage(
    wb: Workbench, method: str, client: dict[str, Any], **more: Any
) -> httpx.Response:
    """A client reads, changes or deletes its registration."""
    headers = bearer(client["registration_access_token"])
    return wb.http.request(
        method, client["registration_client_uri"], headers=headers, **more
    )
