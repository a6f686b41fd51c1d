"""Java as scripts see it, judged by the real Rhino at language version 0."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import Run, error_of

RHINO = Path("/usr/share/java/rhino.jar")
AS_IN_AM = ("-version", "0", "-opt", "-1")  # interpreted, so numbers are doubles

LISTS = "var l = new java.util.ArrayList(['b', 'a']); "
MAPS = "var m = new java.util.HashMap(); m.put('k', 1); m.put('banana', 'x'); "
SETS = "var s = new java.util.HashSet(['read', 'write', 'openid', 'profile']); "
TEXT = "var x = new java.lang.String('abc'); "

CORPUS = [
    # Boxes: what a method gives as an object is no JavaScript value
    *(
        LISTS + f"l.add({value}); var v = l.get(2); {use}"
        for value in ("'q'", "1", "1.5", "true", "false", "null", "undefined", "1e21")
        for use in (
            "typeof v",
            "String(v)",
            "v == 1",
            "v === v",
            "v ? 'yes' : 'no'",
            "'' + v",
            "JSON.stringify({v: v})",
            "String(l)",
        )
    ),
    LISTS + "l.get(0) === 'b'",
    LISTS + "l.get(0) == 'b'",
    LISTS + "l.get(0) === l.get(0)",
    LISTS + "var r = ''; switch (l.get(0)) { case 'b': r = 'same'; } r",
    LISTS + "({b: 7})[l.get(0)]",
    LISTS + "l.add({a: 1}); typeof l.get(2) + l.get(2).a",
    LISTS + "l.add([1, 2]); l.get(2).length",
    # ArrayList
    *(
        LISTS + use
        for use in (
            "l.length",
            "l.size()",
            "typeof l",
            "l[0]",
            "typeof l[0]",
            "l[9]",
            "l.get(9)",
            "l.get(-1)",
            "l.get('0')",
            "l.get(0.5)",
            "l.get('x')",
            "l.foo",
            "l.foo()",
            "l.foo = 1",
            "l[0] = 'z'; String(l)",
            "l[4] = 'z'; String(l)",
            "l.length = 0; String(l)",
            "l.contains('a')",
            "l.indexOf('a')",
            "l.lastIndexOf('none')",
            "l.remove(0)",
            "l.remove('a')",
            "l.remove('none')",
            "l.remove(9)",
            "l.add(0, 'first'); String(l)",
            "l.add(9, 'x')",
            "l.add()",
            "l.set(0, 'z') + String(l)",
            "l.set(9, 'z')",
            "l.addAll(['m', 'n']) + String(l)",
            "l.addAll(0, ['m']) + String(l)",
            "l.removeAll(['a']) + String(l)",
            "l.retainAll(['a']) + String(l)",
            "l.containsAll(['a', 'b'])",
            "l.subList(0, 1)",
            "l.subList(0, 9)",
            "l.isEmpty()",
            "l.empty",
            "l.clear(); String(l)",
            "l.sort(null); String(l)",
            "l.removeIf(function (v) { return v == 'a'; }) + String(l)",
            "l.replaceAll(function (v) { return v + '!'; }); String(l)",
            "var t = []; l.forEach(function (v) { t.push(typeof v); }); '' + t",
            "var seen = []; for (var i in l) { seen.push(i); } '' + seen",
            "var i = l.iterator(); '' + i.next() + i.hasNext() + i.next()",
            "var i = l.iterator(); i.next(); i.next(); i.next()",
            "l.toArray().length",
            "l.toArray()[0]",
            "l.toArray().join('-')",
            "l.toArray().map(function (v) { return typeof v; }).join()",
            "l.equals(new java.util.ArrayList(['b', 'a']))",
            "l.equals(java.util.Arrays.asList('b', 'a'))",
            "l.hashCode()",
            "l instanceof java.util.ArrayList",
            "l instanceof Array",
            "Array.isArray(l)",
            "[].concat(l).length",
            "Array.prototype.slice.call(l).length",
            "Object.keys(l).join()",
            "JSON.stringify(l)",
            "l.push('x')",
            "l.map",
            "l.join('-')",
            "l.hasOwnProperty",
            "l.toString() == '[b, a]'",
            "typeof l.toString()",
        )
    ),
    "new java.util.ArrayList(5).size()",
    "new java.util.ArrayList([3, 1, 2])",
    "java.util.ArrayList()",
    "new java.util.LinkedList(['a', 'b']).getFirst()",
    "new java.util.LinkedList().getFirst()",
    "var q = new java.util.LinkedList(['a']); q.addFirst('z'); q.removeLast() + q",
    # Maps
    *(
        MAPS + use
        for use in (
            "String(m)",
            "m.k",
            "m['k']",
            "m.k = 5",
            "m.get('k')",
            "typeof m.get('k')",
            "m.get('none')",
            "m.put('k', 2)",
            "m.put('new', 2)",
            "m.put('x')",
            "m.put()",
            "m.containsKey('k')",
            "m.containsValue('x')",
            "m.size()",
            "m.empty",
            "m.keySet()",
            "m.values()",
            "m.entrySet()",
            "var e = m.entrySet().iterator().next(); e.key + e.getValue()",
            "m.getOrDefault('none', 'other')",
            "m.remove('k') + String(m)",
            "m.putIfAbsent('k', 9)",
            "m.computeIfAbsent('n', function (k) { return k + k; })",
            "m.putAll({z: 26}); String(m)",
            "var t = []; m.forEach(function (k, v) { t.push(k + v); }); '' + t",
            "JSON.stringify(m)",
            "m.equals(new java.util.LinkedHashMap(m))",
            "m.hashCode()",
            "m.clear(); m.isEmpty()",
            "m.entrySet().add('x')",
            "m.keySet().contains('k')",
            "m.length",
            "m.nosuch()",
            "typeof m",
        )
    ),
    "new java.util.HashMap({z: 1, y: 'q'})",
    "new java.util.LinkedHashMap({z: 1, y: 'q'})",
    "new java.util.TreeMap({z: 1, y: 'q'})",
    *(
        "var m = new java.util.HashMap(); "
        f"for (var i = 0; i < {count}; i++) {{ m.put('key' + i, i); }} String(m)"
        for count in (3, 13, 40)
    ),
    "var m = new java.util.HashMap(); m.put(1, 'a'); m.put(true, 'b'); '' + m.get(1)",
    "var m = new java.util.HashMap(); m.put(1, 'a'); m.get(new java.lang.Integer(1))",
    # Sets
    *(
        SETS + use
        for use in (
            "String(s)",
            "s.add('read')",
            "s.add('new') + String(s)",
            "s.remove('read') + String(s)",
            "s[0]",
            "s.length",
            "s.contains('write')",
            "s.size()",
            "s.iterator().next()",
            "s.toArray()[1]",
            "s.addAll(['p', 'q']) + String(s)",
            "s.retainAll(['read']) + String(s)",
            "s.containsAll(['read', 'none'])",
            "s.equals(new java.util.LinkedHashSet(s))",
            "s.hashCode()",
            "JSON.stringify(s)",
            "s.foo = 1",
            "s.get(0)",
            "var seen = []; s.forEach(function (v) { seen.push(v); }); '' + seen",
        )
    ),
    "new java.util.LinkedHashSet(['a', 1, 'a', true, null])",
    "new java.util.HashSet(['b@example.com', 'babs@example.com'])",
    "new java.util.HashSet([1]).contains(new java.lang.Integer(1))",
    "new java.util.TreeSet(['c', 'a', 'b'])",
    "new java.util.HashSet('x')",
    # Arrays, Collections
    "java.util.Arrays.asList('a', 'b')",
    "java.util.Arrays.asList(['a', 'b']).size()",
    "java.util.Arrays.asList('a').add('b')",
    "java.util.Arrays.asList('a').set(0, 'z')",
    "java.util.Collections.emptyList()",
    "java.util.Collections.emptyList().add(1)",
    "java.util.Collections.singletonMap('a', 1)",
    "java.util.Collections.singletonMap('a', 1).put('b', 2)",
    "java.util.Collections.emptyMap().size()",
    "java.util.Collections.EMPTY_LIST",
    LISTS + "java.util.Collections.sort(l); String(l)",
    LISTS + "java.util.Collections.reverse(l); String(l)",
    LISTS + "java.util.Collections.unmodifiableList(l).add('x')",
    LISTS + "java.util.Collections.max(l)",
    LISTS + "java.util.Collections.addAll(l, 'x', 'y'); String(l)",
    LISTS + "java.util.Collections.frequency(l, 'a')",
    # java.lang
    *(
        TEXT + use
        for use in (
            "typeof x",
            "typeof x.length",
            "x.length()",
            "x == 'abc'",
            "x === 'abc'",
            "x.equals('abc')",
            "x.match(/b/)",
            "x.slice(1)",
            "typeof x.substring(1)",
            "x.substring(9)",
            "x.split('b').length",
            "x.split('b')[0]",
            "x.charAt(0)",
            "x[0]",
            "x.indexOf('c')",
            "x.includes('b')",
            "x.replace('a', 'z')",
            "x.isEmpty()",
            "x.toUpperCase()",
            "x.foo",
            "x.foo()",
            "x instanceof java.lang.String",
            "x instanceof String",
            "x < 'b'",
            "x.compareTo('abd')",
            "x.hashCode()",
            "x.matches('a.*')",
            "x + 1",
            "JSON.stringify(x)",
        )
    ),
    "java.lang.String.valueOf(1)",
    "typeof java.lang.String.valueOf('q')",
    "java.lang.String.join('-', ['a', 'b'])",
    "java.lang.String.join('-', 'a', 'b')",
    "java.lang.String.format('%s-%s', 'a', 'b')",
    *(
        f"java.lang.Integer.{use}"
        for use in (
            "valueOf(5)",
            "valueOf(5) + 1",
            "valueOf(5) == 5",
            "valueOf(5) === 5",
            "valueOf(5).equals(5)",
            "valueOf('7')",
            "parseInt('12')",
            "parseInt('x')",
            "MAX_VALUE",
            "toHexString(255)",
            "valueOf(5).intValue()",
            "compare(1, 2)",
            "foo",
            "foo()",
        )
    ),
    "new java.lang.Integer(3.7)",
    "JSON.stringify([new java.lang.Integer(3)])",
    "java.lang.Long.parseLong('123')",
    "java.lang.Double.valueOf(2)",
    "String(java.lang.Double.valueOf(2))",
    *(
        f"java.lang.Boolean.{use}"
        for use in (
            "valueOf('false') ? 'T' : 'F'",
            "FALSE ? 'T' : 'F'",
            "FALSE == false",
            "TRUE && !java.lang.Boolean.FALSE",
            "parseBoolean('TRUE')",
            "valueOf(true) === true",
            "valueOf('x').booleanValue()",
            "TRUE",
        )
    ),
    # Errors as objects
    "var r; try { java.lang.Integer.parseInt('x'); } catch (e) { r = e; } r.name + r",
    "var r; try { java.lang.Long.parseLong('x'); } catch (e) { r = e; } r.message",
    "var r; try { java.lang.Long.parseLong('x'); } catch (e) { r = e; } "
    "'' + r.javaException",
    "var r; try { new java.util.ArrayList().get(3); } catch (e) { r = e; } "
    "r instanceof Error",
    # Packages and classes
    *("typeof " + name for name in ("java", "java.util", "java.util.ArrayList")),
    "typeof java.util.NoSuch",
    "String(java.util.NoSuch)",
    "String(java.util.ArrayList)",
    "java.util.ArrayList === Packages.java.util.ArrayList",
    "java.util.ArrayList.foo",
    "java.util.ArrayList.foo()",
    "java.util.HashMap = 1; typeof java.util.HashMap",
    "new java.util.NoSuch()",
    "java.util.NoSuch()",
    "java.util.NoSuch.foo()",
    "java + ''",
    "'util' in java",
    "var j = JavaImporter(java.util.ArrayList); typeof j + j",
    "var j = JavaImporter(java.util.ArrayList); new j.ArrayList()",
    "var j = JavaImporter(java.util.ArrayList); typeof j.HashMap",
    "var j = JavaImporter(java.util.ArrayList); new j.HashMap()",
    "var j = new JavaImporter(java.util, java.lang.Integer); j.Integer.valueOf(3)",
    "var j = new JavaImporter(java.util); 'HashMap' in j",
    "var j = new JavaImporter(java.util); 'Nope' in j",
    "var j = new JavaImporter(java.util); j.foo = 1; j.foo",
    "var r; with (new JavaImporter(java.util)) { r = new ArrayList(); } r.size()",
    "var r; with (new JavaImporter(java.util)) { r = typeof Nope; } r",
    "JavaImporter('java.util')",
    "JavaImporter()",
]

TELL = """
function tell(work) {
    var value;
    try { value = work(); } catch (e) { return e.name + ': ' + e.message; }
    try { return typeof value + ' ' + value; } catch (e) { return 'no text: ' + e; }
}
"""
IN_WORDS = re.compile(r"^TypeError: .*", re.DOTALL)  # QuickJS words these itself
PLACE = re.compile(r" ?\([^()]*#\d+(\(eval\)#\d+)*\)")


def work(source: str) -> str:
    """The source as a function that returns its last expression."""
    depth, start, quote = 0, 0, ""
    for at, letter in enumerate(source):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        else:
            depth += (letter in "([{") - (letter in ")]}")
            if depth == 0 and (letter == ";" or source[at : at + 2] == "} "):
                start = at + 1
    return f"function () {{ {source[:start]} return ({source[start:]}); }}"


def compared(said: str) -> str:
    return IN_WORDS.sub(
        "TypeError", re.sub(r" ?\([^()]*#\d+(\(eval\)#\d+)*\)", "", said)
    )


@pytest.fixture(scope="module")
def in_rhino(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    if not RHINO.exists() or shutil.which("java") is None:
        pytest.skip("Debian's rhino is not installed")
    script = tmp_path_factory.mktemp("rhino") / "corpus.js"
    script.write_text(
        f"{TELL} print(JSON.stringify([{','.join(map(work, CORPUS))}].map(tell)));",
        encoding="utf-8",
    )
    shell = "org.mozilla.javascript.tools.shell.Main"
    ran = subprocess.run(
        ["java", "-cp", str(RHINO), shell, *AS_IN_AM, str(script)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    told: list[str] = json.loads(ran.stdout)
    return told


@pytest.mark.parametrize("number", range(len(CORPUS)), ids=CORPUS)
def test_java_is_what_rhino_makes_of_it(
    run_legacy: Run, in_rhino: list[str], number: int
) -> None:
    outcome = run_legacy(
        f"{TELL} logger.message('{{}}', tell({work(CORPUS[number])}));"
    )

    assert outcome.error is None, outcome.error
    assert compared(outcome.log[0].text) == compared(in_rhino[number])


@pytest.mark.parametrize(
    "change",
    [
        "Array.prototype.map = function () { return ['evil']; };",
        "Array.prototype.forEach = Array.prototype.sort = function () {};",
        "Array.prototype.filter = Array.prototype.some = function () { throw 1; };",
        "Array.from = Array.isArray = function () { return true; };",
        "String.prototype.replace = function () { return 'evil'; };",
        "String.prototype.split = String.prototype.slice = undefined;",
        "RegExp.prototype.test = RegExp.prototype.exec = null;",
        "Function.prototype.call = Function.prototype.apply = null;",
        "Math.trunc = Math.max = function () { return 9; };",
        "Object.keys = function () { return ['evil']; };",
        "delete Array.prototype.map; delete Array.prototype.join;",
        "[].entries().__proto__.next = function () { return {done: true}; };",
    ],
)
def test_java_does_not_care_for_changed_built_ins(run_legacy: Run, change: str) -> None:
    outcome = run_legacy(
        f"try {{ {change} }} catch (e) {{}}"
        """
        var fr = JavaImporter(org.forgerock.json.JsonValue, java.util);
        var list = new fr.ArrayList(); list.add('b'); list.add('a');
        java.util.Collections.sort(list);
        var claim = fr.JsonValue.json(fr.JsonValue.object());
        claim.put('list', list).put('set', new fr.HashSet(list)).put('a/b', 1);
        token.setMayAct(claim);
        logger.message(claim.toString());
        """
    )

    assert outcome.error is None, outcome.error
    assert outcome.may_act == {"list": ["a", "b"], "set": ["a", "b"], "a/b": 1}
    assert outcome.log[0].text == (
        '{ "list": [ "a", "b" ], "set": [ "a", "b" ], "a/b": 1.0 }'
    )


def test_a_callback_of_java_finds_the_scripts_own_built_ins(run_legacy: Run) -> None:
    outcome = run_legacy(
        """
        Array.prototype.map = function () { return 'mine'; };
        var seen = [];
        new java.util.ArrayList(['a']).forEach(function (v) { seen.push([v].map()); });
        seen.push([1].map());
        logger.message(seen.join());
        """
    )

    assert outcome.error is None, outcome.error
    assert outcome.log[0].text == "mine,mine"


def test_built_ins_changed_for_good_are_an_error(run_legacy: Run) -> None:
    outcome = run_legacy(
        "Array.prototype.map = 1; Object.freeze(Array.prototype);"
        "new java.util.ArrayList();"
    )

    assert "was changed for good" in error_of(outcome).message
