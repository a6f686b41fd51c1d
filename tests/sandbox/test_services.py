"""What scripts find around AM: HTTP, libraries, secrets, utilities."""

import base64
import hashlib
import hmac
from typing import Any

import pytest

from workbench.am.scripts.surroundings import Surroundings
from workbench.errors import SettingError

from .conftest import Run, error_of

URL = "https://risk.example.com/score?agent=a"


@pytest.fixture
def around() -> Surroundings:
    return Surroundings()


def test_http_answers_come_from_the_bench(run: Run, around: Surroundings) -> None:
    around.answer(URL, json={"score": 7}, headers={"X-Trace": ["t"]})
    around.answer("https://risk.example.com/form", text="a=1&b=x+y", status=404)

    outcome = run(
        f"""
        var response = httpClient.send('{URL}').get();
        token.setMayAct({{
            status: [response.status, response.statusText, response.ok],
            score: response.json().score, text: response.text(),
            trace: response.headers['X-Trace'],
            form: httpClient.send('https://risk.example.com/form').get().formData()
        }});
        """,
        surroundings=around,
    )

    assert outcome.error is None
    assert outcome.may_act == {
        "status": [200, "OK", True],
        "score": 7,
        "text": '{"score": 7}',
        "trace": ["t"],
        "form": {"a": ["1"], "b": ["x y"]},
    }


def test_the_latest_answer_for_a_method_counts(run: Run, around: Surroundings) -> None:
    around.answer(URL, text="any")
    around.answer(URL, text="posted", method="post")

    outcome = run(
        f"""
        logger.info(httpClient.send('{URL}', {{method: 'POST'}}).get().text());
        logger.info(httpClient.send('{URL}').get().text());
        """,
        surroundings=around,
    )

    assert [line.text for line in outcome.log] == ["posted", "any"]


def test_a_promise_is_told_at_once(run: Run, around: Surroundings) -> None:
    around.answer(URL, text="yes")

    outcome = run(
        f"""
        httpClient.send('{URL}').then(function (r) {{ logger.info(r.text()); }});
        httpClient.send('https://none.example.com')
            .thenCatch(function (e) {{ logger.info('caught'); }});
        """,
        surroundings=around,
    )

    assert [line.text for line in outcome.log] == ["yes", "caught"]


def test_without_an_answer_the_message_says_how_to_put_one_there(run: Run) -> None:
    outcome = run(f"\nhttpClient.send('{URL}').get();")

    assert error_of(outcome).message == (
        f"Error: httpClient.send was called with GET {URL}, but the workbench never "
        "touches the network and has no answer to it. "
        f'wb.surroundings.answer("{URL}", json={{...}}) puts one there.'
    )
    assert error_of(outcome).line == 2


@pytest.mark.parametrize(
    ("url", "more", "message"),
    [
        ("risk.example.com", {}, "is no URL"),
        (URL, {"status": 999}, "999 is not a valid HTTPStatus"),
        (URL, {"json": {1, 2}}, "not JSON serializable"),
        (URL, {"json": float("nan")}, "not JSON compliant"),
    ],
)
def test_an_answer_that_cannot_be_one_is_refused(
    around: Surroundings, url: str, more: dict[str, Any], message: str
) -> None:
    with pytest.raises(SettingError, match=message):
        around.answer(url, **more)


def test_a_legacy_script_sends_requests_of_java(
    run_legacy: Run, around: Surroundings
) -> None:
    around.answer(URL, json={"ok": True}, method="POST", headers={"X-A": ["b"]})

    outcome = run_legacy(
        f"""
        var request = new org.forgerock.http.protocol.Request();
        request.setUri('{URL}').setMethod('POST');
        request.getEntity().setString('body');
        request.getHeaders().add('Accept', 'application/json');
        var response = httpClient.send(request).get();
        logger.message([response.getStatus().getCode(), response.status.successful,
            response.getEntity().getString(), response.entity.string,
            response.getHeaders().getFirst('X-A'), request.headers.getFirst('Accept'),
            request.entity.string].join());
        httpClient.send('{URL}');
        """,
        surroundings=around,
    )

    assert outcome.log[0].text == (
        '200,true,{"ok": true},{"ok": true},b,application/json,body'
    )
    assert error_of(outcome).message == (
        f"InternalError: Cannot convert {URL} to org.forgerock.http.protocol.Request"
    )


def test_a_library_has_exports_and_the_common_bindings_alone(run: Run) -> None:
    libraries = {}
    libraries["names"] = """
        var helper = require('helper');
        exports.stamp = function (id) {
            return {client_id: id, sub: helper.typed(id)};
        };
        exports.seen = [typeof token, typeof clientProperties, typeof scopes,
            typeof identity, typeof requestProperties, typeof session,
            typeof logger, typeof utils, scriptName, realm];
    """
    libraries["helper"] = (
        "module.exports = {typed: function (id) { return '(age!' + id + ')'; }};"
    )

    outcome = run(
        """
        var names = require('names');
        token.setMayAct(names.stamp('risk-agent'));
        logger.info(names.seen.join());
        logger.info(require('names') === names);
        """,
        libraries=libraries,
    )

    assert outcome.may_act == {"client_id": "risk-agent", "sub": "(age!risk-agent)"}
    assert [line.text for line in outcome.log] == [
        "undefined,undefined,undefined,undefined,undefined,undefined,object,object,"
        "May act,/alpha",
        "true",
    ]


def test_a_library_that_is_not_there_is_named(run: Run) -> None:
    outcome = run("\nrequire('nmaes')", libraries={"names": ""})

    assert error_of(outcome).message.startswith(
        'Error: There is no library script "nmaes". Known: names.'
    )
    assert error_of(outcome).line == 2


def test_an_error_in_a_library_is_told_of_the_line_that_asked(run: Run) -> None:
    libraries = {"broken": "\n\n\nnobody.there();"}

    outcome = run("\n\nrequire('broken');", libraries=libraries)

    assert error_of(outcome).message == "ReferenceError: nobody is not defined"
    assert error_of(outcome).line == 3


def test_legacy_scripts_have_no_libraries(run_legacy: Run) -> None:
    outcome = run_legacy(
        "logger.message([typeof require, typeof utils, typeof secrets])"
    )

    assert outcome.log[0].text == "undefined,undefined,undefined"


def test_system_env_knows_the_names_with_the_prefix(
    run: Run, run_legacy: Run, around: Surroundings
) -> None:
    around.system_env |= {"script.level": "3", "script.on": "true", "other": "x"}
    around.system_env["script.names"] = "a, b"
    source = """
        var seen = ['' + systemEnv.getProperty('script.level'),
            '' + systemEnv.getProperty('other'),
            '' + systemEnv.getProperty('script.none'),
            '' + systemEnv.getProperty('script.none', 'other')];
        logger.%s(seen.join());
    """

    outcome = run(
        source % "info"
        + """
        token.setMayAct({level: systemEnv.getProperty('script.level', '1', 'int') + 1,
            on: systemEnv.getProperty('script.on', null, 'bool'),
            names: systemEnv.getProperty('script.names', null, 'array')});
        """,
        surroundings=around,
    )
    legacy = run_legacy(source % "message", surroundings=around)

    assert outcome.log[0].text == legacy.log[0].text == "3,null,null,other"
    assert outcome.may_act == {"level": 4, "on": True, "names": ["a", "b"]}


def test_secrets_have_a_prefix_too(run: Run, around: Surroundings) -> None:
    around.secrets["scripted.node.key"] = "s€cret"

    outcome = run(
        """
        var secret = secrets.getGenericSecret('scripted.node.key');
        token.setMayAct({text: secret.getAsUtf8(), bytes: secret.getAsBytes().length});
        secrets.getGenericSecret('other');
        """,
        surroundings=around,
    )
    unknown = run("secrets.getGenericSecret('scripted.node.none')")

    assert outcome.may_act == {"text": "s€cret", "bytes": 8}
    assert "labels that start with" in error_of(outcome).message
    assert 'There is no secret "scripted.node.none"' in error_of(unknown).message


def test_idm_objects_are_read_from_the_bench(run: Run, around: Surroundings) -> None:
    around.idm["managed/alpha_user/bjensen"] = {"mail": "b@example.com"}

    outcome = run(
        """
        token.setMayAct({mail: openidm.read('managed/alpha_user/bjensen').mail,
            none: openidm.read('managed/alpha_user/none')});
        openidm.query('managed/alpha_user', {_queryFilter: 'true'});
        """,
        surroundings=around,
    )

    assert outcome.may_act == {"mail": "b@example.com", "none": None}
    assert error_of(outcome).message.startswith(
        "Error: openidm.query() was called, but"
    )


@pytest.mark.parametrize(
    "call",
    [
        "openidm.read('managed/alpha_user/bjensen')",
        "openidm.create('a', null, {})",
        "policy.evaluate({}, 'app', [], {})",
        "policy.evaluateTree({}, 'app', 'r', {})",
        "emailService.send('a@example.com', 's', 'b')",
        "secrets.getSigningKey('scripted.node.a')",
        "jwtAssertion.generateJwt({})",
        "jwtValidator.validateJwtClaims({})",
        "utils.crypto.checkBcrypt('a', 'b')",
        "utils.crypto.subtle.encrypt('AES', [], [])",
    ],
)
def test_what_needs_a_server_says_so(run: Run, call: str) -> None:
    outcome = run(f"\n{call};")

    name = call.split("(")[0]
    assert f"{name}() " in error_of(outcome).message
    assert error_of(outcome).line == 2


@pytest.mark.parametrize("text", ["", "a", "ab", "abc", "ü€😀", "a" * 200])
def test_base64_is_what_it_is_elsewhere(run: Run, text: str) -> None:
    outcome = run(
        """
        token.setMayAct({
            plain: utils.base64.encode(realm), url: utils.base64url.encode(realm),
            back: utils.base64.decode(utils.base64.encode(realm)),
            bytes: utils.base64.decodeToBytes(utils.base64.encode(realm)),
            same: utils.types.bytesToString(utils.types.stringToBytes(realm)),
            latin: utils.base64.atob(utils.base64.btoa('\\xff\\x00'))
        });
        """,
        realm=text,
    )

    encoded = text.encode()
    assert outcome.error is None
    assert outcome.may_act == {
        "plain": base64.b64encode(encoded).decode(),
        "url": base64.urlsafe_b64encode(encoded).decode().rstrip("="),
        "back": text,
        "bytes": [byte - 256 if byte > 127 else byte for byte in encoded],
        "same": text,
        "latin": "\xff\x00",
    }


@pytest.mark.parametrize("name", ["SHA-1", "SHA-256", "SHA-384", "SHA-512"])
@pytest.mark.parametrize("length", [0, 3, 55, 56, 64, 111, 112, 200])
def test_digests_are_what_they_are_elsewhere(run: Run, name: str, length: int) -> None:
    text = "ü" * (length // 2)

    outcome = run(
        f"""
        var bytes = utils.types.stringToBytes(realm);
        var signed = utils.crypto.subtle.sign({{name: 'HMAC', hash: '{name}'}}, 'key',
                                              bytes);
        token.setMayAct({{
            digest: utils.base64.encode(utils.crypto.subtle.digest('{name}', bytes)),
            hmac: utils.base64.encode(signed),
            good: utils.crypto.subtle.verify({{name: 'HMAC', hash: '{name}'}}, 'key',
                                             bytes, signed)
        }});
        """,
        realm=text,
    )

    kind = name.replace("-", "").lower()
    digest = hashlib.new(kind, text.encode()).digest()
    mac = hmac.new(b"key", text.encode(), kind).digest()
    assert outcome.error is None
    assert outcome.may_act == {
        "digest": base64.b64encode(digest).decode(),
        "hmac": base64.b64encode(mac).decode(),
        "good": True,
    }


def test_random_values_are_those_of_the_token(run: Run) -> None:
    source = """
        logger.info(utils.crypto.randomUUID());
        logger.info(utils.crypto.getRandomValues([0, 0, 0]).join());
    """

    one, again, other = (
        run(source, token={"jti": jti}).log for jti in ("first", "first", "second")
    )

    assert one == again != other
    assert len(one[0].text) == 36


def test_the_user_as_stored_is_told(run: Run, run_legacy: Run) -> None:
    outcome = run("identity.setAttribute('team', ['risk']); identity.store();")
    legacy = run_legacy("identity.addAttribute('team', 'risk'); identity.store();")
    kept = run("identity.setAttribute('team', ['risk']);")

    assert outcome.stored is not None and legacy.stored is not None
    assert outcome.stored["team"] == legacy.stored["team"] == ["risk"]
    assert kept.stored is None
