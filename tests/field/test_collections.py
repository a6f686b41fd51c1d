"""Every map and collection of a next-generation script is a wrapped one of Java's."""

import json

import pytest

from workbench import Workbench

from .asked import FINE, NEXT, ask

MAP = """
    map.get('realm') == '/alpha'
    map.realm === '/alpha'
    map['realm'] === '/alpha'
    typeof map.get('realm') === 'string'
    map.get('nothing') === null
    map.nothing === undefined
    map.getOrDefault('nothing', 7) === 7
    map.containsKey('realm') && !map.containsKey('nothing')
    map.containsValue('/alpha')
    'realm' in map && !('nothing' in map)
    map.size() === Object.keys(map).length
    map.isEmpty() === false
    map.keySet().contains('realm')
    map.keySet().size() === map.size()
    map.keySet().toArray().length === map.size()
    map.values().contains('/alpha')
    map.entrySet().iterator().next().getKey() === map.keySet().iterator().next()
    map.entrySet().toArray()[0].getValue() === map.values().get(0)
    map.toString() === '' + map
    /^[{].*realm=[/]alpha.*[}]$/.test('' + map)
    String(map) === `${map}`
    JSON.parse(JSON.stringify(map)).realm === '/alpha'
    keysOf(map).indexOf('realm') >= 0
    eachKey(map).indexOf('realm') >= 0
    map.equals(map)
    refused(function () { map.put('realm', 'x'); })
    refused(function () { map.remove('realm'); })
    refused(function () { map.clear(); })
    refused(function () { map.realm = 'x'; })
    refused(function () { map.keySet().remove('realm'); })
    map.realm === '/alpha'
"""
LIST = """
    list.get(0) === list[0]
    typeof list.get(0) === 'string'
    list.size() === list.length
    list.isEmpty() === (list.length === 0)
    list.contains(list[0]) && !list.contains('nothing')
    list.containsAll([list[0]])
    list.includes(list[0]) && !list.includes('nothing')
    list.indexOf(list[0]) === 0 && list.indexOf('nothing') === -1
    list.lastIndexOf(list[0]) === 0
    list.toArray()[0] === list[0]
    list.toArray().length === list.length
    list.iterator().next() === list[0]
    walked(list).join() === list.join()
    list.subList(0, 1).size() === 1
    list.join('-').split('-').length === list.length
    list.map(function (each) { return each + '!'; })[0] === list[0] + '!'
    list.filter(function (each) { return each === list[0]; }).length === 1
    list.some(function (each) { return each === list[0]; })
    list.every(function (each) { return each.length > 0; })
    list.slice(0, 1)[0] === list[0]
    list.concat(['more']).length === list.length + 1
    ['more'].concat(list).length === list.length + 1
    list.reduce(function (sum, each) { return sum + 1; }, 0) === list.length
    list.find(function (each) { return each === list[0]; }) === list[0]
    visited(list).join() === list.join()
    keysOf(list).join() === Object.keys(list).join()
    eachKey(list).length === list.length
    list[99] === undefined
    failed(function () { list.get(99); }, 'IndexOutOfBounds')
    '' + list === '[' + list.join(', ') + ']'
    list.toString() === String(list)
    JSON.stringify(list) === JSON.stringify(list.map(function (x) { return x; }))
    list.equals(list) && list.hashCode() === list.hashCode()
"""
FROZEN = """
    refused(function () { list.push('x'); })
    refused(function () { list.add('x'); })
    refused(function () { list.set(0, 'x'); })
    refused(function () { list[0] = 'x'; })
    refused(function () { list.remove(list[0]); })
    refused(function () { list.pop(); })
    refused(function () { list.sort(); })
    refused(function () { list.clear(); })
    refused(function () { list.length = 0; })
    list.length > 0 && list[0] !== 'x'
"""
OWN = """
    list.push('x') === list.size()
    list.add('y')
    list.get(list.length - 2) === 'x' && list[list.length - 1] === 'y'
    list.remove('x') && !list.contains('x')
    list.pop() === 'y'
    list.sort().length === list.size()
    (list[0] = 'z') === list.get(0)
    list.addAll(['q']) && list.indexOf('q') === list.length - 1
"""
TOOLS = """
    function keysOf(of) { var k = []; for (var each in of) k.push(each); return k; }
    function eachKey(of) {
        var all = [];
        if (of.keySet) of.forEach(function (key) { all.push(key); });
        else for each (var one in of) all.push(one);
        return all;
    }
    function walked(of) {
        var all = [], it = of.iterator();
        while (it.hasNext()) all.push(it.next());
        return all;
    }
    function visited(of) {
        var all = [];
        of.forEach(function (each, place, self) {
            if (self.get(place) === each) all.push(each);
        });
        return all;
    }
    function failed(work, how) {
        try { work(); } catch (e) { return e.message.indexOf(how) >= 0; }
        return false;
    }
    function refused(work) { return failed(work, 'UnsupportedOperationException'); }
"""
FROM_AM = {
    "may act": ["scopes", "clientProperties.allowedScopes"],
    "token modification": ["scopes", "clientProperties.get('allowedGrantTypes')"],
    "scope validation": ["requestedScopes", "allowedScopes", "availableScopes"],
    "scope evaluation": ["clientProperties.allowedScopes"],
    "authorize data": ["clientProperties.get('redirectUris')"],
    "OIDC claims": ["scopes", "clientProperties.allowedScopes"],
    "registration": ["requestProperties.requestHeaders.values().get(0)"],
}
"""Lists that a script only reads."""
FOR_SCRIPTS = {
    "may act": ["identity.getAttributeValues('telephoneNumber')"],
    "token modification": ["accessToken.getScope()", "accessToken.getField('scope')"],
    "scope validation": ["identity.getAttributeValues('telephoneNumber')"],
    "scope evaluation": ["accessToken.getScope()", "accessToken.getTokenInfo().scope"],
    "authorize data": ["identity.getAttributeValues('telephoneNumber')"],
    "OIDC claims": ["identity.getAttributeValues('telephoneNumber')"],
    "registration": ["clientIdentity.getAttributeValues('AgentType')"],
}
"""Lists that a script is given as its own."""


def untrue(wb: Workbench, context: str, given: str, statements: str) -> list[str]:
    """Which of the statements do not hold, with the error where there was one."""
    source = f"{TOOLS} var {given}, wrong = [];\n"
    for line in filter(None, map(str.strip, statements.splitlines())):
        told = json.dumps(line)
        source += (
            f"try {{ if (!({line})) wrong.push({told}); }}"
            f" catch (e) {{ wrong.push({told} + ' -> ' + e); }}\n"
        )
    asked = ask(wb, context, source + "logger.info(JSON.stringify(wrong));")
    assert asked.outcome.error is None, asked.outcome.error
    assert asked.status == FINE.get(context, 200)
    return list(json.loads(asked.log[-1]))


@pytest.mark.parametrize("context", NEXT)
def test_the_request_is_a_map_of_javas(wb: Workbench, context: str) -> None:
    assert untrue(wb, context, "map = requestProperties", MAP) == []


@pytest.mark.parametrize(
    ("context", "list_"),
    [(context, each) for context in NEXT for each in FROM_AM[context]],
)
def test_a_list_of_ams_is_javas_and_stays_as_it_is(
    wb: Workbench, context: str, list_: str
) -> None:
    assert untrue(wb, context, f"list = {list_}", LIST + FROZEN) == []


@pytest.mark.parametrize(
    ("context", "list_"),
    [(context, each) for context in NEXT for each in FOR_SCRIPTS[context]],
)
def test_a_list_that_a_script_is_given_is_javas_and_its_own(
    wb: Workbench, context: str, list_: str
) -> None:
    assert untrue(wb, context, f"list = {list_}", LIST + OWN) == []


@pytest.mark.parametrize(
    ("context", "source"),
    [
        (
            "token modification",
            "accessToken.setField('x', requestProperties.get('realm'));",
        ),
        (
            "may act",
            "if (requestProperties.requestParams.get('scope').get(0) == 'read write')"
            " token.setMayAct({client_id: 'svc'}); else throw 'no';",
        ),
        (
            "token modification",
            "accessToken.setField('x', scopes); accessToken.setField('y', "
            "requestProperties.requestParams); accessToken.setFields({z: scopes[0]});"
            "accessToken.setScope(accessToken.getScope());",
        ),
        (
            "token modification",
            "accessToken.setField('x', clientProperties.get('customProperties')"
            ".get('team') + clientProperties.customProperties.team);",
        ),
        ("scope validation", "return requestedScopes.toArray();"),
        ("scope validation", "return requestedScopes.filter(x => true);"),
        ("scope validation", "return new java.util.ArrayList(requestedScopes);"),
        ("OIDC claims", "claims.put('a', 'b'); claims.c = claims.get('a');"),
        (
            "OIDC claims",
            "var n = requestedClaims.size() + requestedTypedClaims.size()"
            " + claimLocales.size(); if (!requestedClaims.isEmpty()) throw n;",
        ),
        ("registration", "if (!softwareStatement.isEmpty()) throw 'no';"),
    ],
)
def test_what_was_seen_in_the_field_runs(
    wb: Workbench, context: str, source: str
) -> None:
    asked = ask(wb, context, source)

    assert asked.outcome.error is None
    assert asked.status == FINE.get(context, 200)


def test_what_services_answer_is_javas(wb: Workbench) -> None:
    wb.surroundings.idm["managed/user/1"] = {"mail": "m", "roles": [{"name": "r"}]}
    wb.surroundings.answer("https://a.example", json={"list": [1, {"a": "b"}]})

    asked = ask(
        wb,
        "token modification",
        """
        var user = openidm.read('managed/user/1');
        user.put('more', 'x');
        var answer = httpClient.send('https://a.example').get().json();
        logger.info([user.get('mail'), user.roles.get(0).get('name'),
            user.get('roles')[0].name, user.more, answer.get('list').get(0) + 1,
            answer.list[1].get('a'), answer.list.size(), '' + answer].join('|'));
        """,
    )

    assert asked.log == ["m|r|r|x|2|b|2|{list=[1, {a=b}]}"]
