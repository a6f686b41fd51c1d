"""What can be done to a bench, each by a number that picks among its variants."""

from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any

from tests.stories import (
    SECRET,
    code_in,
    consent,
    evaluate_scope,
    exchange,
    get,
    lets_act,
    login,
    modify_tokens,
    own_token,
    password_tokens,
    redeem,
    tell_claims,
)
from workbench import Workbench, WorkbenchError
from workbench.agent.client_key import ClientKey
from workbench.am.clients.client import AIAgent, Client
from workbench.am.settings.profile import PROFILES
from workbench.course.use_cases.agent_for_user import USER_PASSWORD
from workbench.course.use_cases.by_name import USE_CASES

ODD = "é\u2028"
"""A letter, a line that ends, and half a character."""


def prepared(wb: Workbench) -> Workbench:
    """A bench with everybody from the use cases, and a second realm."""
    for name in USE_CASES:
        wb.prepare(name)
    wb.realms.add("beta")
    return wb


def operate(wb: Workbench, steps: list[tuple[str, int]]) -> None:
    """Do these things; what the bench refuses is told by its trail and answers."""
    for name, number in steps:
        with suppress(WorkbenchError, ArithmeticError, LookupError, StopIteration):
            OPERATIONS[name](wb, number)


def _name(wb: Workbench, kind: str) -> str:
    taken = {*wb.realm.clients, *wb.realm.users, *(s.name for s in scripts(wb))}
    return next(f"{kind}{n}" for n in count() if f"{kind}{n}" not in taken)


def scripts(wb: Workbench) -> list[Any]:
    return list(wb.realm.scripts.values())


def _tokens(wb: Workbench) -> list[str]:
    found = []
    for call in wb.transcript:
        body = call.json_or_none
        if isinstance(body, dict):
            found += [body[n] for n in ("access_token", "id_token") if n in body]
    return found


def _refresh_tokens(wb: Workbench) -> list[str]:
    bodies = [call.json_or_none for call in wb.transcript]
    return [
        body["refresh_token"]
        for body in bodies
        if isinstance(body, dict) and body.get("refresh_token")
    ]


# What an administrator does


def add_client(wb: Workbench, n: int) -> None:
    more: list[dict[str, Any]] = [
        {},
        {"scopes": ["read", "write|en|Change"], "custom_properties": ["a=b"]},
        {"group": "partners", "inherited": ["scopes"]},
        {"name": f"App{ODD}", "access_token_lifetime": 60},
    ]
    secret = f"s{n}{ODD[:2]}"
    wb.realm.register_client(_name(wb, "app"), secret=secret, **more[n % 4])


def add_agent(wb: Workbench, n: int) -> None:
    wb.realm.register_agent(
        _name(wb, "agent"),
        secret=SECRET,
        scopes=["read"],
        may_act_script=scripts(wb)[0].name,
        overrides={"statelessTokensEnabled": n % 2 == 0},
    )


def change_client(wb: Workbench, n: int) -> None:
    chosen = list(wb.realm.clients)[n % len(wb.realm.clients)]
    wb.realm.update(chosen, active=n % 5 > 0, scopes=["read", f"s{n}"])


def delete_client(wb: Workbench, n: int) -> None:
    wb.realm.delete(list(wb.realm.clients)[-1 - n % 2])


def come_back(wb: Workbench, n: int) -> None:
    """Whoever was deleted and is there again stands last."""
    wb.realm.users.delete(next(iter(wb.realm.users)))
    wb.realm.add_user(_name(wb, "bjensen"), password="p")
    first = next(iter(wb.realm.clients))
    secret = wb.realm.delete(first).secret
    wb.realm.register_client(first, secret=secret or SECRET, scopes=["read"])


def add_group(wb: Workbench, n: int) -> None:
    add = (wb.realm.groups.add_for_clients, wb.realm.groups.add_for_agents)[n % 2]
    add("partners", scopes=["read", "write"], access_token_lifetime=n)


def change_group(wb: Workbench, n: int) -> None:
    group = wb.realm.groups.of((Client, AIAgent)[n % 2])[0]
    if n % 3:
        wb.realm.groups.update(group, scopes=[f"s{n}"])
    else:
        wb.realm.groups.delete(group)


def add_person(wb: Workbench, n: int) -> None:
    wb.realm.add_user(
        _name(wb, "person"),
        password=f"p{ODD}",
        attributes={"mail": [f"{n}@example.com", ODD]},
        active=n % 3 > 0,
        groups=["staff", f"group{n % 3}"],
    )


def change_person(wb: Workbench, n: int) -> None:
    name = list(wb.realm.users)[n % len(wb.realm.users)]
    if n % 4:
        wb.realm.update_user(name, active=n % 3 > 0, attributes={"x": str(n)})
    else:
        wb.realm.users.delete(name)


def drop_group(wb: Workbench, n: int) -> None:
    wb.realm.users.delete_group("staff")


def add_policy(wb: Workbench, n: int) -> None:
    subjects: list[Any] = ["anybody", "authenticated", {"users": ["bjensen"]}]
    names = [f"policy{i}" for i in range(3) if f"policy{i}" not in wb.realm.policies]
    wb.realm.add_policy(names[0], ["read*"], grant=n % 2 > 0, subjects=subjects[n % 3])


def add_script(wb: Workbench, n: int) -> None:
    kinds = (
        lambda name: wb.realm.add_script(name, lets_act("risk-agent"), "1.0"),
        lambda name: wb.realm.add_script(name, "java.lang;", "1.0", language="GROOVY"),
        lambda name: wb.realm.add_library_script(name, "exports.a = 1;"),
        lambda name: wb.realm.add_registration_script(name, "clientIdentity.store();"),
        lambda name: wb.realm.add_script(name, "x", context="OAUTH2_VALIDATE_SCOPE"),
    )
    kinds[n % 5](_name(wb, "script"))


def change_script(wb: Workbench, n: int) -> None:
    chosen = scripts(wb)[n % len(scripts(wb))]
    sources = ("nobody;", 'logger.error("é" + Math.random());', "while (true) {}; var")
    wb.realm.update_script(chosen.name, sources[n % 3])


def plug_in(wb: Workbench, n: int) -> None:
    plugs = (
        lambda: modify_tokens(wb, 'accessToken.setField("n", [1, {"a": null}]);'),
        lambda: modify_tokens(wb, "throw 'no';"),
        lambda: evaluate_scope(wb, "nobody;"),
        lambda: tell_claims(wb, "({values: {a: Math.random()}, compositeScopes: {}});"),
    )
    plugs[n % 4]()


def set_provider(wb: Workbench, n: int) -> None:
    settings: list[dict[str, Any]] = [
        {"statelessTokensEnabled": n % 2 > 0},
        {"macaroonTokensEnabled": n % 2 > 0},
        {"tokenSigningAlgorithm": ("HS256", "ES256", "RS256")[n % 3]},
        {"tokenEncryptionEnabled": n % 2 > 0, "statelessTokensEnabled": True},
        {"usePolicyEngineForScope": n % 2 > 0},
        {"allowDynamicRegistration": True, "supportedScopes": ("read",)},
    ]
    wb.realm.set_provider(**settings[n % 6])


def set_profile(wb: Workbench, n: int) -> None:
    profiles = [*PROFILES.values(), wb.profile.but(max_chain_depth=n, loops="refuse")]
    wb.profile = profiles[n % 4]


def set_around(wb: Workbench, n: int) -> None:
    wb.surroundings.answer(f"https://example.com/{n}", json={"a": [n, None, 0.5]})
    wb.surroundings.secrets[f"scripted.node.{n}"] = "secret"
    wb.surroundings.idm["managed/alpha_user/bjensen"] = {
        "n": n,
        "deep": [[f"{ODD}\ud800"]],
    }
    wb.surroundings.system_env["script.x"] = str(n)
    wb.realm.settings.set_property(f"property{n}", "true")


def pass_time(wb: Workbench, n: int) -> None:
    wb.clock.advance(seconds=(1, 60, 4000, 90_000)[n % 4])


def rotate(wb: Workbench, n: int) -> None:
    wb.realm.rotate_key(("HS256", "ES256", "RS256")[n % 2], keep=n % 3 > 0)


def another_realm(wb: Workbench, n: int) -> None:
    realm = wb.realms.find("beta")
    realm.register_client(f"other{n}", secret="s", scopes=["read"])
    wb.client_for("beta").client_credentials(f"other{n}", "s", scope="read")


def keep_less(wb: Workbench, n: int) -> None:
    wb.audit.most = 3 + n
    wb.realms.audit.most = 5 + 70 * (n % 2)
    wb.transcript.most = 4 + n


# What agents and people send


def ask(wb: Workbench, n: int) -> None:
    who = ("risk-agent", "data-agent", "hr-agent", "nobody")[n % 4]
    wb.client.client_credentials(who, SECRET, scope="read")


def delegate(wb: Workbench, n: int) -> None:
    known = _tokens(wb)
    subject = known[n % len(known)] if n % 2 and known else own_token(wb, "data-agent")
    exchange(wb, ("risk-agent", "hr-agent")[n % 2], subject)


def with_password(wb: Workbench, n: int) -> None:
    password_tokens(wb, ("read", "read openid")[n % 2])


def by_code(wb: Workbench, n: int) -> None:
    code = code_in(consent(wb, scope="openid read", nonce="n"))
    for _ in range(n % 3):
        redeem(wb, code)


def log_in(wb: Workbench, n: int) -> None:
    login(wb, password=("wrong", USER_PASSWORD)[n % 2])


def refresh(wb: Workbench, n: int) -> None:
    known = _refresh_tokens(wb)
    wb.client.refresh(("risk-agent", "hr-client")[n % 2], SECRET, known[n % len(known)])


def look_at(wb: Workbench, n: int) -> None:
    known = _tokens(wb)
    token = known[n % len(known)]
    wb.client.introspect("risk-agent", SECRET, token)
    get(wb, ("tokeninfo", "userinfo")[n % 2], token)


def give_back(wb: Workbench, n: int) -> None:
    known = [*_refresh_tokens(wb), *_tokens(wb)]
    wb.client.revoke(("risk-agent", "hr-client")[n % 2], SECRET, known[n % len(known)])


def register_itself(wb: Workbench, n: int) -> None:
    wb.provider.allowDynamicRegistration = True
    metadata = {"client_name": f"Auto {n}", "scope": "read", "unknown": {"a": [n]}}
    registered = wb.client.register(
        metadata, path=("register", "aiagent/register")[n % 2]
    )
    if n % 3 == 0:
        wb.client.read_registration(registered)
    if n % 5 == 0:
        wb.client.delete_registration(registered)


def ask_person(wb: Workbench, n: int) -> None:
    key = ClientKey("bank", wb.realm)
    if "bank" not in wb.realm.clients:
        grants = ["urn:openid:params:grant-type:ciba"]
        known: dict[str, Any] = {"scopes": ["openid", "read"], "grant_types": grants}
        wb.realm.register_client("bank", secret=SECRET, jwks=key.jwks, **known)
    request = key.request("Pay?", login_hint="bjensen")
    asked = wb.client.backchannel("bank", SECRET, request)
    if n % 2:
        wb.realm.backchannel.approve(asked.auth_req_id)
    for _ in range(n % 3):
        wb.client.poll("bank", SECRET, asked.auth_req_id)


OPERATIONS: dict[str, Callable[[Workbench, int], None]] = {
    each.__name__: each
    for each in (
        add_client,
        add_agent,
        change_client,
        delete_client,
        come_back,
        add_group,
        change_group,
        add_person,
        change_person,
        drop_group,
        add_policy,
        add_script,
        change_script,
        plug_in,
        set_provider,
        set_profile,
        set_around,
        pass_time,
        rotate,
        another_realm,
        keep_less,
        ask,
        delegate,
        with_password,
        by_code,
        log_in,
        refresh,
        look_at,
        give_back,
        register_itself,
        ask_person,
    )
}
