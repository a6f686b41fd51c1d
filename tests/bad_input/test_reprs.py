"""No repr holds a token or a secret: of nothing that a bench has, or had for a moment.

A bench does everything that an agent can ask for, well and badly. Every object of the
package that was ever the value of a variable is kept, every exception with it, and
whatever can be reached from the bench and its forms.
"""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType, FunctionType, ModuleType
from typing import Any

import pytest

from workbench import Workbench
from workbench.agent.calls import Call
from workbench.agent.client_key import ClientKey
from workbench.agent.curl.command import curl_request
from workbench.agent.pasted import token_in
from workbench.am.basics.secrets import SECRETS, TOKENS
from workbench.am.clients.grant_types import CIBA, TOKEN_EXCHANGE
from workbench.am.scripts.script import ScriptOutcome
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD
from workbench.errors import ScriptError, WorkbenchError

from .conftest import SECRET, VERIFIER, Peer, prepared

OWN = {"workbench", "ipywidgets", "httpx", "functools"}
"""Packages whose objects show themselves where a bench is looked at."""

QUOTES = """
var sent = requestProperties.requestParams.subject_token;
if (sent) { logger.error(sent[0]); throw new Error("no: " + sent[0]); }
"""

RAW = (ScriptError, ScriptOutcome)
"""What an engine answers; a realm keeps it without the tokens that it quotes."""

Objects = dict[int, Any]


def is_shown(value: Any) -> bool:
    """Whether it is an object of those packages, or an exception."""
    if isinstance(value, type | ModuleType):
        return False
    return (
        isinstance(value, BaseException) or type(value).__module__.split(".")[0] in OWN
    )


@contextmanager
def watching() -> Iterator[Objects]:
    """Keeps what is the value of a variable of the package, or raised in it."""
    seen: Objects = {}

    def keep(value: Any) -> None:
        if is_shown(value):
            seen[id(value)] = value

    def watch(frame: FrameType, event: str, said: Any) -> Callable[..., Any] | None:
        if not frame.f_globals.get("__name__", "").startswith("workbench"):
            return None
        frame.f_trace_lines = False
        if event == "exception":
            keep(said[1])
        if event == "return":
            for value in (said, *frame.f_locals.values()):
                keep(value)
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        yield seen
    finally:
        sys.settrace(before)


def reachable(*roots: Any) -> Objects:
    """Every such object that leads from these, and nothing of a module or class."""
    seen: Objects = {}
    left: list[Any] = list(roots)
    while left:
        value = left.pop()
        foreign = isinstance(value, type) and not value.__module__.startswith(
            "workbench"
        )
        if id(value) in seen or foreign or isinstance(value, ModuleType | FrameType):
            continue
        seen[id(value)] = value
        if isinstance(value, FunctionType):  # its globals are a module's
            left += [value.__closure__, value.__defaults__, value.__kwdefaults__]
        else:
            left += gc.get_referents(value)
    return {key: value for key, value in seen.items() if is_shown(value)}


def use_everything(peer: Peer) -> list[Any]:
    """Requests of every kind, well and badly formed; the forms, filled in."""
    wb, good = peer.wb, peer.good
    for request in good.values():
        for name, value in request.sent.items():
            for spoiled in ("bad", f"{value}x", None):
                peer.send(request.but(**{name: spoiled}))
    for request in good.values():
        peer.send(request)
        peer.send(request)
    own = wb.client.client_credentials("hr-agent", SECRET, scope="read").access_token
    kept = [register(wb), ask_a_person(wb), wb.inspect(own), token_in(own)]
    kept += [
        curl_request(f"curl -u hr-agent:{SECRET} -d token={own} {wb.realm.oauth2_url}")
    ]
    wb.surroundings.answer("https://x.example/", json={"access_token": own})
    wb.surroundings.system_env["script.password"] = SECRET
    with suppress(WorkbenchError):
        curl_request(f"curl --frobnicate {own} {wb.realm.oauth2_url}")
    wb.realm.add_script("quotes", QUOTES)
    wb.realm.update("hr-agent", may_act_script="quotes")
    peer.renew()
    peer.send(peer.good["exchange"])
    return [*kept, *forms(wb, own)]


def register(wb: Workbench) -> Call:
    """A client that registers itself and manages that."""
    wb.provider.allowDynamicRegistration = True
    registered = wb.client.register({"client_name": "new"}, path="register")
    wb.client.read_registration(registered)
    return registered


def ask_a_person(wb: Workbench) -> Call:
    """An agent that asks by the backchannel and polls."""
    key = ClientKey("planner", wb.realm)
    wb.realm.register_agent(
        "planner",
        secret=SECRET,
        jwks=key.jwks,
        scopes=["openid"],
        grant_types=[CIBA],
        token_endpoint_auth_method="client_secret_post",
    )
    request = key.request("Allow it?", login_hint=USER)
    asked = wb.client.backchannel("planner", SECRET, request)
    wb.client.poll("planner", SECRET, asked.auth_req_id)
    return asked


def forms(wb: Workbench, token: str) -> list[Any]:
    """The forms, with tokens and secrets in them."""
    request = wb.request_form(
        grant_type=TOKEN_EXCHANGE,
        client_id="hr-agent",
        client_secret=SECRET,
        password=USER_PASSWORD,
        subject_token=token,
        actor_token="eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.pasted",
        more=f"client_assertion={token}",
    )
    request.whole.value = True
    agent = wb.agent_form(client_id="typed", secret=SECRET)
    person = wb.client_form("hr-agent")
    return [request, agent, person, wb.forms(), wb.token_form(pasted=token)]


def told(calls: list[Call]) -> set[str]:
    """The tokens and secrets in requests and answers."""
    found = {SECRET, "mySecret", USER_PASSWORD, VERIFIER}
    for call in calls:
        body = call.json_or_none
        members = [*body.items()] if isinstance(body, dict) else []
        found |= {
            value
            for name, value in [*members, *call.form]
            if name.lower() in SECRETS | TOKENS and isinstance(value, str)
        }
        with suppress(LookupError):
            found.add(call.code)
    return {value for value in found if len(value) > 7}


@pytest.fixture(scope="module")
def used() -> Iterator[tuple[list[Any], set[str]]]:
    """What was there, and what of it is secret."""
    with prepared() as wb:
        wb.provider.statelessTokensEnabled = True
        with watching() as passing:
            peer = Peer(wb)
            kept = use_everything(peer)
        found = [each for each in passing.values() if type(each) not in RAW]
        found += reachable(wb, kept).values()
        yield found, told(wb.transcript) | peer.tokens


def texts(value: Any) -> Iterator[str]:
    """What is written where it is shown, logged or raised."""
    yield repr(value)
    yield str(value)
    if isinstance(value, BaseException):
        for more in (value.args, vars(value), value.__cause__, value.__context__):
            yield repr(more)


def test_no_repr_and_no_exception_holds_a_token_or_a_secret(
    used: tuple[list[Any], set[str]],
) -> None:
    objects, secret = used

    open_ones = {
        f"{type(value).__module__}.{type(value).__name__}"
        for value in objects
        for text in texts(value)
        if any(each in text for each in secret)
    }

    assert open_ones == set()


def test_what_was_looked_at_is_much_of_the_package(
    used: tuple[list[Any], set[str]],
) -> None:
    objects, secret = used
    names = {type(value).__name__ for value in objects}

    assert len(secret) > 20
    assert len(names) > 100
    assert names >= {
        *("Incoming", "Credentials", "RequestParameters", "ExchangeRequest", "Facts"),
        *("Making", "Token", "Order", "Session", "AuthorizationCode", "Client", "User"),
        *("Call", "Draft", "CurlRequest", "Pasted", "Bindings", "Surroundings"),
        *("RequestForm", "AgentForm", "Password", "Dropdown", "HBox", "Workbench"),
        *("InvalidGrant", "InvalidClient", "ScriptFailed", "Refusal", "KeyRing"),
        *("BackchannelRequest", "RegistrationRequest", "RegisteredClient"),
    }
