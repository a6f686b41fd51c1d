import json
from collections.abc import Callable
from typing import Any

import pytest

from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.scripts.finding import Finding
from workbench.am.scripts.parties import Parties
from workbench.am.scripts.script import LEGACY, NEXT_GENERATION, ScriptOutcome
from workbench.sandbox.engines.engine import QuickJSEngine
from workbench.sandbox.lint import api, lint
from workbench.sandbox.lint.asked import question_to_lint

from .conftest import MakeBindings, MakeScript, read_here

JSON_VALUE = """var fr = JavaImporter(org.forgerock.json.JsonValue);
var mayAct = fr.JsonValue.json(fr.JsonValue.object());
"""
GOOD = """(function () {
    var mayAct = {"client_id": "risk-agent", "sub": "(age!risk-agent)"};
    token.setMayAct(mayAct);
}());
"""
GOOD_LEGACY = (
    JSON_VALUE
    + """mayAct.put('client_id', 'risk-agent');
mayAct.put('sub', '(age!risk-agent)');
token.setMayAct(mayAct);
"""
)
REALM = Parties(
    clients={"risk-agent": (TOKEN_EXCHANGE,), "hr-client": ("authorization_code",)},
    users=frozenset({"bjensen"}),
    used_by=("data-agent",),
)


Findings = Callable[..., tuple[Finding, ...]]


@pytest.fixture
def findings(engine: QuickJSEngine, make_script: MakeScript) -> Findings:
    def run(
        source: str,
        version: str = NEXT_GENERATION,
        around: Parties | None = None,
        stamped: Any = None,
        ended: bool = False,
    ) -> tuple[Finding, ...]:
        script = make_script(source, version)
        outcome = None
        if ended or stamped is not None:
            outcome = ScriptOutcome(
                script=script, stamped=stamped is not None, may_act=stamped
            )
        return lint(script, read_here(source), around, outcome)

    return run


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [each.code for each in found]


@pytest.mark.parametrize(
    ("source", "version"), [(GOOD, NEXT_GENERATION), (GOOD_LEGACY, LEGACY)]
)
@pytest.mark.parametrize("around", [None, REALM])
def test_a_good_script_has_no_findings(
    findings: Findings, source: str, version: str, around: Parties | None
) -> None:
    assert findings(source, version, around) == ()


@pytest.mark.parametrize(
    ("source", "code", "place", "severity"),
    [
        (
            "(function () {\n  return {sub: 'x'};\n}());",
            "returned-claim",
            (2, 3),
            "error",
        ),
        ("var m = {client_id: 'a'};\nm;", "returned-claim", (2, 1), "error"),
        (
            "(() => ({client_id: 'x', sub: '(age!x)'}))();",
            "returned-claim",
            (1, 2),
            "error",
        ),
        ("utils.base64.encod('x');", "unknown-member", (1, 14), "error"),
        ("nodeState.get('x');", "other-script", (1, 1), "error"),
        ("logger.info('hello');", "no-set-may-act", (1, 1), "warning"),
        ("token.addMayAct({});", "add-may-act", (1, 7), "error"),
        ("requestedToken.addMayAct({});", "add-may-act", (1, 16), "error"),
        ("token.setMayact({});", "unknown-member", (1, 7), "error"),
        ("logger.log('x');", "unknown-member", (1, 8), "error"),
        ("clientProperties.clientID;", "unknown-member", (1, 18), "warning"),
        ("accessToken.setField('a', 'b');", "other-script", (1, 1), "error"),
        ("logger.message('x');", "legacy-api", (1, 8), "error"),
        ("identity.getAttribute('mail');", "legacy-api", (1, 10), "error"),
        ("token.setField('a', 'b');", "legacy-api", (1, 7), "error"),
        ("org.forgerock.json.JsonValue.json({});", "legacy-api", (1, 1), "error"),
        ("new java.util.HashMap();", "legacy-api", (1, 5), "error"),
        ("var realm = 'x';", "shadowed-binding", (1, 5), "warning"),
        (
            "token.setMayAct({client_id: 'a', sub: 'a'});",
            "untyped-sub",
            (1, 39),
            "error",
        ),
        (
            "token.setMayAct({client_id: 'a', sub: '(act!a)'});",
            "untyped-sub",
            (1, 39),
            "error",
        ),
        (
            "token.setMayAct({client_id: '(age!a)', sub: '(age!a)'});",
            "typed-client-id",
            (1, 29),
            "error",
        ),
        ("token.setMayAct({sub: '(age!a)'});", "no-client-id", (1, 1), "error"),
        ("token.setMayAct({client_id: 'a'});", "impersonation", (1, 1), "info"),
        (
            "token.setMayAct({clientId: 'a', client_id: 'a', sub: '(age!a)'});",
            "unknown-claim-member",
            (1, 18),
            "warning",
        ),
        (
            "token.setMayAct({client_id: clientProperties.clientId, sub: '(age!a)'});",
            "self-reference",
            (1, 29),
            "info",
        ),
    ],
)
def test_a_mistake_is_found_where_it_is(
    findings: Findings, source: str, code: str, place: tuple[int, int], severity: str
) -> None:
    found = [each for each in findings(source) if each.code == code]

    assert [(each.line, each.column, each.severity) for each in found] == [
        (*place, severity)
    ]
    assert found[0].message.endswith(".")
    assert found[0].fix.endswith(("?", "."))


@pytest.mark.parametrize(
    "end",
    [
        "list.add('x');",
        "list.add(0, 'x');",
        "map.put('mail', 'x');",
        "list.map(x => ({name: x}));",
    ],
)
def test_a_script_that_ends_in_a_call_returns_no_claim(
    findings: Findings, end: str
) -> None:
    assert codes(findings(end)) == ["no-set-may-act"]


def test_a_script_that_ends_in_the_claim_being_made_does(findings: Findings) -> None:
    source = JSON_VALUE + "mayAct.put('client_id', 'a').put('sub', '(age!a)');"

    assert codes(findings(source, LEGACY)) == ["returned-claim"]


@pytest.mark.parametrize(
    ("name", "message", "fix"),
    [
        ("requestedToken", "No script of AM has a requestedToken.", "called token"),
        ("nodeState", "nodeState is bound in a decision node script", "session"),
        ("idRepository", "idRepository is bound in", "called identity"),
    ],
)
def test_a_name_of_another_script_has_its_own_way_out(
    findings: Findings, name: str, message: str, fix: str
) -> None:
    (found,) = findings(f"{name}.get('x'); {GOOD}")

    assert found.message.startswith(message)
    assert fix in found.fix


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("token.setMayAct({client_id: 'a', sub: '(age!a)'});", (1, 1)),
        ("var m = {client_id: 'a'};\ntoken.setMayAct(m);", (2, 1)),
        ("logger.info('x');", (1, 8)),
        ("identity.getAttributeValues('mail');", (1, 10)),
        ("identity.exists();", (1, 10)),
        ("utils.base64;", (1, 1)),
        ("var lib = require('lib');", (1, 11)),
        ("openidm.read('x');", (1, 1)),
        ("scopes[0];", (1, 1)),
        ("scopes.length;", (1, 1)),
    ],
)
def test_next_generation_names_are_found_in_a_legacy_script(
    findings: Findings, source: str, place: tuple[int, int]
) -> None:
    found = [
        each for each in findings(source, LEGACY) if each.code == "next-generation-api"
    ]

    assert [(each.line, each.column) for each in found] == [place]


@pytest.mark.parametrize(
    "comparison",
    [
        "clientProperties.get('clientId') === 'a'",
        "'a' !== identity.getName()",
        "clientProperties.clientId === 'a'",
        "token.getField('sub') === 'a'",
    ],
)
def test_a_java_string_is_never_identical(findings: Findings, comparison: str) -> None:
    source = f"if ({comparison}) {{ {GOOD_LEGACY} }}"

    assert codes(findings(source, LEGACY)) == ["java-string"]
    assert "java-string" not in codes(findings(source))


@pytest.mark.parametrize(
    "source",
    [
        "var id = clientProperties.get('clientId');"
        "token.setMayAct({client_id: id, sub: '(age!' + id + ')'});",
        "var id = clientProperties.clientId;"
        "token.setMayAct({client_id: id, sub: `(age!${id})`});",
    ],
)
def test_an_autonomous_agent_names_itself(findings: Findings, source: str) -> None:
    assert codes(findings(source)) == ["self-reference"]


@pytest.mark.parametrize(
    "source",
    [
        "var m = {}; m.client_id = 'a'; m['sub'] = 'a'; token.setMayAct(m);",
        "var who = 'a'; token.setMayAct({client_id: who, sub: who});",
        "token.setMayAct({client_id: ['a', 'b'], sub: ['(age!a)', 'b']});",
        "token.setMayAct({client_id: 'a', sub: 'a' + scopes[0]});",
    ],
)
def test_the_claim_is_found_however_it_is_built(
    findings: Findings, source: str
) -> None:
    assert codes(findings(source)) == ["untyped-sub"]


@pytest.mark.parametrize(
    "building",
    [
        "mayAct.put('client_id', 'a').put('sub', 'a'); token.setMayAct(mayAct);",
        "var J = fr.JsonValue; token.setMayAct(J.json(J.object("
        "J.field('client_id', 'a'), J.field('sub', 'a'))));",
    ],
)
def test_so_is_the_claim_of_a_legacy_script(findings: Findings, building: str) -> None:
    assert "untyped-sub" in codes(findings(JSON_VALUE + building, LEGACY))


@pytest.mark.parametrize(
    ("sub", "name"),
    [
        ("(age!x", "x"),
        ("(age!x)x", "x"),
        ("(age! x)", "x"),
        ("(usr!)", "name"),
        ("(act!x)", "x"),
        ("age!x", "x"),
        ("x", "x"),
    ],
)
def test_what_is_almost_a_subject_is_put_right(
    findings: Findings, sub: str, name: str
) -> None:
    (found,) = findings(f"token.setMayAct({{client_id: 'a', sub: '{sub}'}});")

    assert (found.code, found.severity) == ("untyped-sub", "error")
    assert found.fix == (
        f'Write "(age!{name})" for an agent or client, "(usr!{name})" for a person.'
    )


@pytest.mark.parametrize(
    ("member", "written", "code", "severity"),
    [
        *(
            ("client_id", each, "unusable-client-id", "error")
            for each in ("''", "null", "5", "[]", "{a: 1}", "true", "['a', 5]")
        ),
        *(
            ("sub", each, "untyped-sub", "error")
            for each in ("''", "7", "{}", "['(age!a)', []]")
        ),
        *(("sub", each, "impersonation", "warning") for each in ("null", "[]")),
    ],
)
def test_a_member_that_is_no_name_is_found(
    findings: Findings, member: str, written: str, code: str, severity: str
) -> None:
    good = {"client_id": "'a'", "sub": "'(age!a)'"} | {member: written}
    claim = ", ".join(f"{name}: {value}" for name, value in good.items())

    (found,) = findings(f"token.setMayAct({{{claim}}});")

    assert (found.code, found.severity) == (code, severity)


@pytest.mark.parametrize("stamped", ["", None, 5.0, [], {"a": 1.0}, ["a", True]])
def test_so_is_one_that_was_worked_out(findings: Findings, stamped: Any) -> None:
    source = "token.setMayAct({client_id: scopes[0], sub: '(age!a)'});"
    claim = {"client_id": stamped, "sub": "(age!a)"}

    assert codes(findings(source, stamped=claim)) == ["unusable-client-id"]


@pytest.mark.parametrize(
    "source",
    [
        "var m = {client_id: '', sub: null}; m.client_id = 'a'; m.sub = '(age!a)';"
        "token.setMayAct(m);",
        "var who = ''; who = scopes[0]; token.setMayAct({client_id: who, sub: sub});",
    ],
)
def test_what_is_set_later_is_not_held_against_a_claim(
    findings: Findings, source: str
) -> None:
    assert findings(source) == ()


def test_a_name_may_have_brackets(findings: Findings) -> None:
    assert findings("token.setMayAct({client_id: 'a)', sub: '(age!a))'});") == ()


def test_what_was_stamped_fills_in_what_the_text_does_not_say(
    findings: Findings,
) -> None:
    source = "token.setMayAct({client_id: scopes[0], sub: scopes[1]});"

    assert findings(source) == ()
    assert codes(findings(source, stamped={"client_id": "a", "sub": "b"})) == [
        "untyped-sub"
    ]
    assert codes(findings(source, stamped={"client_id": "a"})) == ["impersonation"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (("risk-agent", "risk-agnet"), ["unknown-client", "unknown-client"]),
        (("(age!risk-agent)", "(age!nobody)"), ["unknown-client"]),
        (("(age!risk-agent)", "(usr!nobody)"), ["unknown-user"]),
        (("(age!risk-agent)", "(usr!bjensen)"), []),
        (('"risk-agent"', '"hr-client"'), ["no-exchange-grant"]),
    ],
)
def test_the_realm_knows_who_exists(
    findings: Findings, changed: tuple[str, str], expected: list[str]
) -> None:
    assert codes(findings(GOOD.replace(*changed), around=REALM)) == expected


def test_a_near_miss_is_named(findings: Findings) -> None:
    found = findings(GOOD.replace("risk-agent", "risk-agnet"), around=REALM)

    assert found[0].fix == "Did you mean risk-agent?"


def test_the_realm_knows_who_uses_a_script(findings: Findings) -> None:
    unused = Parties(clients=REALM.clients, used_by=())
    itself = Parties(clients=REALM.clients, used_by=("risk-agent",))

    assert codes(findings(GOOD, around=unused)) == ["unused-script"]
    assert codes(findings(GOOD, around=itself)) == ["self-reference"]


def test_bare_subjects_are_right_where_the_profile_says_so(findings: Findings) -> None:
    cloud = Parties(clients=REALM.clients, typed_subjects=False)

    assert (
        findings("token.setMayAct({client_id: 'risk-agent', sub: 'a'})", around=cloud)
        == ()
    )


def test_a_script_that_cannot_be_read_has_the_readers_finding_alone(
    findings: Findings,
) -> None:
    assert codes(findings("token.setMayAct({);")) == ["syntax"]
    assert codes(findings("")) == ["no-set-may-act"]


def test_a_variable_of_the_script_is_no_binding(findings: Findings) -> None:
    source = "function f(logger) { logger.anything(); } " + GOOD

    assert codes(findings(source)) == ["shadowed-binding"]


@pytest.mark.parametrize(
    ("source", "version", "code"),
    [
        ("new java.util.Date();", LEGACY, "not-emulated"),
        ("Packages.java.lang.System.getenv('x');", LEGACY, "not-emulated"),
        ("var f = JavaImporter(org.forgerock.Nope);", LEGACY, "not-emulated"),
        ("new java.util.Date();", NEXT_GENERATION, "java-class"),
        ("java.util.Arrays.asList();", NEXT_GENERATION, "java-class"),
    ],
)
def test_a_java_class_that_is_not_there_is_named(
    findings: Findings, source: str, version: str, code: str
) -> None:
    found = [each for each in findings(source, version) if each.code == code]

    assert len(found) == 1
    assert findings(f"function g(java, org, Packages) {{ {source} }}", version)
    good = "var c = new java.util.ArrayList(java.util.Collections.emptyList());"
    assert code not in codes(findings(good, version))


ALLOWED = (
    "org.forgerock.oauth2.core.GrantType, com.sun.identity.idm.AMIdentity, "
    "org.forgerock.openam.oauth2.token.ExchangeableToken, "
    "java.util.List, java.util.Map, java.lang.Math"
)


def test_a_class_that_is_imported_and_not_used_does_no_harm(findings: Findings) -> None:
    source = f"var all = JavaImporter({ALLOWED});\n{GOOD_LEGACY}"

    assert findings(source, LEGACY, ended=True) == ()
    assert {each.severity for each in findings(source, LEGACY)} == {"warning"}


@pytest.mark.parametrize(
    "use",
    [
        "var L = java.util.List;",
        "var f = JavaImporter(java.util.List); if (f.nothing) { f.List.of(); }",
        "var f = JavaImporter(java.util.List); with (f) { typeof List; }",
    ],
)
def test_a_class_that_is_used_is_a_warning_where_the_script_got_by(
    findings: Findings, use: str
) -> None:
    for ended, severity in ((True, "warning"), (False, "error")):
        found = findings(use + GOOD_LEGACY, LEGACY, ended=ended)
        assert [(each.code, each.severity) for each in found] == [
            ("not-emulated", severity)
        ]


@pytest.mark.parametrize("version", [LEGACY, NEXT_GENERATION])
def test_the_linter_knows_the_classes_that_the_engine_has(
    engine: QuickJSEngine,
    make_script: MakeScript,
    make_bindings: MakeBindings,
    version: str,
) -> None:
    every = sorted(api.CLASSES[LEGACY] | {"java.util.Date", "java.lang.System"})
    seen = ",".join(f"typeof {name}" for name in every)
    log = "logger.info" if version == NEXT_GENERATION else "logger.message"

    outcome = engine.run(
        make_script(f"{log}([{seen}].join());", version), make_bindings()
    )

    told = outcome.log[0].text.split(",")
    found = {name for name, kind in zip(every, told, strict=True) if kind == "function"}
    assert found == api.CLASSES[version]


@pytest.mark.parametrize("version", [LEGACY, NEXT_GENERATION])
def test_the_linter_knows_the_members_that_the_engine_has(
    engine: QuickJSEngine,
    make_script: MakeScript,
    make_bindings: MakeBindings,
    version: str,
) -> None:
    log = "logger.info" if version == NEXT_GENERATION else "logger.message"
    known = {name: sorted(all_) for name, all_ in api.MEMBERS[version].items()}
    source = f"""
        var known = {json.dumps(known)};
        var lacking = [];
        Object.keys(known).forEach(function (binding) {{
            known[binding].forEach(function (member) {{
                if (typeof this[binding][member] === 'undefined') {{
                    lacking.push(binding + '.' + member);
                }}
            }});
        }});
        {log}(lacking.join());
    """

    outcome = engine.run(
        make_script(source, version), make_bindings(session={"a": "b"})
    )

    assert outcome.error is None
    assert outcome.log[0].text == ""


def test_the_linter_knows_what_utils_has(
    engine: QuickJSEngine, make_script: MakeScript, make_bindings: MakeBindings
) -> None:
    source = "".join(
        f"logger.info(Object.keys(utils.{part}).sort().join());" for part in api.UTILS
    )

    outcome = engine.run(make_script(source), make_bindings())

    assert [line.text for line in outcome.log] == [
        ",".join(sorted(known)) for known in api.UTILS.values()
    ]


def test_of_many_clients_alike_little_more_than_the_names_is_asked(
    make_script: MakeScript, engine: QuickJSEngine
) -> None:
    names = [f"agent-{number:05}" for number in range(10_000)]
    many = Parties(clients=dict.fromkeys(names, (TOKEN_EXCHANGE,)))
    script = make_script(GOOD, NEXT_GENERATION)

    asked = json.dumps(question_to_lint(script, many, None)["around"])

    assert len(asked) < 1.1 * len(json.dumps(names))
    assert "unknown-client" in codes(engine.lint(script, many))
