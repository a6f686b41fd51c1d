"""Prints what scripts of every context log of all that could vary, as JSON.

Run as ``python -m tests.field.all_that_varies quickjs``, in one process a bench.
"""

import json
import sys

from tests.stories import (
    SECRET,
    add_grant,
    agent_for_user,
    consent,
    get,
    open_registration,
    register,
    tell_claims,
)
from workbench import Workbench
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD
from workbench.sandbox.engines.engine import QuickJSEngine

EVERYTHING = """
var now = new Date();
logger.error([Date(), Date.now(), now, now.getTime(), now.getHours(), now.getDay(),
    now.getTimezoneOffset(), new Date(2020, 5, 1), Date.parse("2020-06-01T00:00"),
    now.toISOString(), now.toDateString(), JSON.stringify(now)].join());
logger.error([Math.random(), Math.random(), Math.floor(1000 * Math.random())].join());
var set = new java.util.HashSet(), object = {}, names = [];
for (var i = 0; i < 40; i++) { set.add("key " + i * i); object["k" + i * 7 % 40] = i; }
for (var name in object) names.push(name);
logger.error(set + "" + set.hashCode() + names + Object.keys(object));
logger.error(scriptName + realm + [0.1 + 0.2, 1e21, 1 / 3]);
try { nobody; } catch (e) { logger.error(e.name + e.lineNumber); }
"""
OF_NEXT = """
logger.error(utils.crypto.randomUUID() + utils.crypto.getRandomValues([0, 0, 0]));
logger.error(logger.getName());
"""
OF_LEGACY = """
var map = new java.util.HashMap(), small = new java.util.TreeSet(set);
set.toArray().forEach(function (key) { map.put(key, key.length()); });
logger.error(map + "" + map.keySet() + map.values() + small + map.entrySet());
"""
MAPS = {"1.0": "\nnew java.util.HashMap();", "2.0": "\n({});"}
VALIDATION = """
function validateAccessTokenScope() { return requestedScopes; }
function validateAuthorizationScope() { return requestedScopes; }
"""
CLAIMS = "\n({values: {}, compositeScopes: {}});"


def sent(wb: Workbench, scope: str = "read openid profile") -> str:
    """The access token that bjensen gets by her password."""
    call = wb.client.password("hr-client", SECRET, USER, USER_PASSWORD, scope=scope)
    return call.access_token


def run_all(wb: Workbench, version: str) -> None:
    """Have a script run in every context of the dialect."""
    said = EVERYTHING + (OF_LEGACY if version == "1.0" else OF_NEXT)
    wb.realm.add_script("may act", said, version)
    wb.realm.update("hr-client", may_act_script="may act")
    kinds = {
        "accessTokenModification": ("OAUTH2_ACCESS_TOKEN_MODIFICATION", said),
        "validateScope": ("OAUTH2_VALIDATE_SCOPE", said + VALIDATION),
        "evaluateScope": ("OAUTH2_EVALUATE_SCOPE", said + MAPS[version]),
        "authorizeEndpointDataProvider": (
            "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER",
            said + MAPS[version],
        ),
    }
    for kind, (context, source) in kinds.items():
        script = wb.realm.add_script(kind, source, version, context=context)
        plugin = {f"{kind}PluginType": "SCRIPTED", f"{kind}Script": script.id}
        wb.realm.set_provider(**plugin)
    tell_claims(wb, said + CLAIMS, version)
    token = sent(wb)
    assert get(wb, "tokeninfo", token).status_code == 200
    assert get(wb, "userinfo", token).status_code == 200
    assert consent(wb).status_code == 302
    if version == "2.0":
        own = wb.realm.add_registration_script("registration", said)
        wb.provider.dynamicClientRegistrationScript = own.id
        assert register(wb, client_name="new").status_code == 201


def logged(engine: str, version: str) -> dict[str, list[str]]:
    """What was logged, by script context."""
    here = engine == "in-process"
    run_by = QuickJSEngine(in_process=True) if here else engine
    with Workbench(now=1_790_000_000, seed="nothing varies", engine=run_by) as wb:
        agent_for_user(wb)
        open_registration(wb)
        add_grant(wb, "hr-client", "password")
        wb.realm.update("hr-client", scopes=["read", "openid", "profile"])
        run_all(wb, version)
        outcomes = [outcome for event in wb.audit for outcome in event.scripts]
    lines: dict[str, list[str]] = {}
    for outcome in outcomes:
        assert outcome.error is None, outcome.error
        found = lines.setdefault(outcome.script.context, [])
        found += [line.text for line in outcome.log]
    return lines


if __name__ == "__main__":
    print(json.dumps([logged(sys.argv[1], version) for version in ("1.0", "2.0")]))
