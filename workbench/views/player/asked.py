"""The first steps of every call: its parameters are read, and its client is known."""

from workbench.am.basics.secrets import SECRETS
from workbench.am.clients.auth_methods import (
    NO_METHOD,
    PRIVATE_KEY_JWT,
    SECRET_BASIC,
    SECRET_JWT,
    SECRET_POST,
)
from workbench.am.exchange.rule import ABOUT_CLIENT
from workbench.errors import OAuthError
from workbench.server.grants.table import GRANTS
from workbench.server.request.client_auth import WRONG_METHOD
from workbench.server.request.credentials import FAILED, credentials
from workbench.server.request.parameters import from_pairs
from workbench.views.calls.call import RequestLike, path, target
from workbench.views.page.plain import (
    disclosed_value,
    inline,
    shorten,
    visible_text,
)
from workbench.views.player import step as stages
from workbench.views.player.ending import AUTHENTICATED, Ending
from workbench.views.player.step import PASSED, Facts, PlayStep

URN = "urn:ietf:params:oauth:"
"""How all types and most grants begin; cut short, they fit."""

LONGEST = 200
"""Characters of one value on a step; a token page has the rest."""

_METHODS = {
    SECRET_BASIC: "its secret in the Authorization header",
    SECRET_POST: "its secret in the form",
    PRIVATE_KEY_JWT: "a JWT that it signed with its key",
    SECRET_JWT: "a JWT that it signed with its secret",
    NO_METHOD: "no secret: it only says its name",
}


def brief(value: object) -> str:
    """A value on one line, no longer than one reads at a glance."""
    return shorten(inline(value).replace(URN, "…"), LONGEST)


def parameters_shown(call: RequestLike) -> Facts:
    """The parameters, secrets hidden and tokens cut short."""
    shown = [(visible_text(n), brief(disclosed_value(n, v))) for n, v in call.form]
    for name, value in call.request_headers:
        if name.lower() == "authorization":
            shown.insert(0, ("authorization", brief(disclosed_value(name, value))))
    return tuple(shown)


def request_step(call: RequestLike, ending: Ending) -> PlayStep:
    """The request as it was read, or why it could not be."""
    fault = unreadable(call)
    shown = parameters_shown(call)
    where = ("Sent", f"{visible_text(call.method)} {target(call)}")
    said = f"{visible_text(call.method)} {path(call)}, {_counted(len(shown))}."
    if fault:
        return PlayStep(
            stage=stages.REQUEST,
            title="The request cannot be read",
            state=stages.FAILED,
            said=fault,
            facts=(where, ("Why", brief(ending.why or fault)), *shown),
            source="RFC 6749 section 3.2",
            decides=True,
        )
    return PlayStep(
        stage=stages.REQUEST,
        title="The request is parsed",
        said=said,
        facts=(where, *shown),
        source="RFC 6749 section 3.2",
    )


def _counted(number: int) -> str:
    return "1 parameter" if number == 1 else f"{number or 'no'} parameters"


def unreadable(call: RequestLike) -> str:
    """Why no endpoint would look further at a request; "" where one does."""
    try:
        parameters = from_pairs(list(call.form))
    except OAuthError as problem:
        return problem.description
    if path(call) != "access_token":
        return ""
    grant = parameters.get("grant_type")
    if grant is None:
        return "There is no grant_type."
    return "" if grant in GRANTS else "There is no such grant_type here."


def client_step(call: RequestLike, ending: Ending) -> PlayStep | None:
    """Who sent the request, and how that was proved; None where nobody says."""
    sent = dict(call.form)
    basic = any(name.lower() == "authorization" for name, _ in call.request_headers)
    if not (basic or "client_id" in sent or "client_assertion" in sent):
        return None
    failed = ending.error == "invalid_client" or ending.description in NOT_PROVED
    shown = dict(parameters_shown(call))
    looks = [n for n in shown if n in SECRETS or n in ("client_id", "authorization")]
    check = ending.decision.checks[0] if ending.decision else None
    if check is not None and check.rule == AUTHENTICATED:
        failed = not check.passed
    return PlayStep(
        stage=stages.CLIENT,
        title=AUTHENTICATED if not failed else "The client is not authenticated",
        state=stages.FAILED if failed else PASSED,
        said=_why(call, ending) if failed else f"By {how_proved(call)}.",
        facts=(
            ("Client", ending.client_id or brief(sent.get("client_id", "unknown"))),
            ("Method", _method(call)),
            *(((("Why", brief(ending.why)),)) if failed and ending.why else ()),
        ),
        source="RFC 6749 section 3.2.1; RFC 6749 section 2.3",
        decides=failed,
        rule=1 if check is not None and check.rule == AUTHENTICATED else None,
        group=ABOUT_CLIENT,
        looks=tuple(f"request.{name}" for name in looks),
    )


NOT_PROVED = (FAILED, WRONG_METHOD)


def _why(call: RequestLike, ending: Ending) -> str:
    return brief(ending.why) or f"It sent {how_proved(call)}."


def _method(call: RequestLike) -> str:
    """As ``token_endpoint_auth_method`` has it; "" where it cannot be read."""
    headers = {name.lower(): value for name, value in call.request_headers}
    try:
        sent = credentials(from_pairs(list(call.form)), headers.get("authorization"))
    except OAuthError:
        return "unreadable"
    return sent.method


def how_proved(call: RequestLike) -> str:
    """The method in words."""
    return _METHODS.get(_method(call), "what cannot be read")
