"""Generates scripts of what Rhino and other engines see differently, and of the usual.

Every script ends by itself; it stamps something, throws or is refused.
"""

from random import Random


def phrases(text: str) -> list[str]:
    """What stands on lines, or between broken bars."""
    return [phrase.strip() for line in text.split("\n") for phrase in line.split("¦")]


NAMES = ["a", "b", "c", "d", "class", "let"]
LOOSE = ["yield", "each", "nobody"]
KEYS = ["a", "b", "x", "if", "class", "'p q'"]
LITERALS = phrases(
    r"""0 ¦ 1 ¦ 2 ¦ -1 ¦ 1.5 ¦ 's' ¦ '7' ¦ "d" ¦ '' ¦ true ¦ false ¦ null ¦ undefined
    NaN
    010 ¦ 1_000 ¦ 0x1F ¦ '\u{41}' ¦ /a/g ¦ 08 ¦ [] ¦ {} ¦ [1,2] ¦ {x:1} ¦ {x:[1],y:'b'}
    [[1,2],[3]] ¦ 'abc' ¦ 1e21 ¦ -0"""
)
BINARY = phrases(
    """+ ¦ - ¦ * ¦ / ¦ % ¦ < ¦ > ¦ <= ¦ == ¦ === ¦ != ¦ !== ¦ && ¦ || ¦ & ¦ | ¦ ^
    << ¦ >>
    >>> ¦ , ¦ + ¦ + ¦ === ¦ && ¦ + ¦ - ¦ * ¦ || ¦ > ¦ in ¦ instanceof ¦ == ¦ != ¦ +
    -"""
)
UNARY = ["!", "-", "+", "~", "typeof ", "void ", "delete "]
ASSIGNMENTS = ["=", "=", "=", "+=", "-=", "*=", "|=", "<<="]
METHODS = phrases(
    r"""[3, 1, 2].sort() ¦ [1, 2, 3].map(x => x * 2) ¦ 'a-b'.split('-') ¦ [1, [2]]
    'abc'.replace(/b/, '[$&]') ¦ Object.keys({x: 1, y: 2}) ¦ [1, 2].includes(2)
    'a1'.split(/(\d)/) ¦ eval('1 + 1') ¦ JSON.stringify({a: [1, null]}) ¦ 'x'.repeat(2)
    JSON.parse('[1, 2]') ¦ parseInt('010') ¦ 'abc'.match(/(x)?b/) ¦ Array.from('ab')
    Object.assign({}, {a: 1}) ¦ [1, 2].reduce((x, y) => x + y, 0) ¦ Math.max(1, 2)
    'abc'.substr(-2) ¦ [,1].length ¦ new Date(0).toISOString() ¦ (5).toFixed(1)
    new Function('x', 'return x')(3) ¦ isNaN('x') ¦ [].concat(1) ¦ Array.isArray([])
    String([1, 2]) ¦ 'a,b'.split(',').join('|') ¦ [1, 2, 3].filter(x => x > 1)
    [1].indexOf(1) ¦ Number('7') ¦ (function () { return arguments.length; })(1, 2)
    (x => x)(4) ¦ [5, 6].find(x => x > 5)
    (function () { return this === globalThis; })()
    Object.freeze({a: 1}) ¦ new Error('e').message ¦ typeof Symbol ¦ typeof Map
    typeof console ¦ 'a'.at ¦ typeof setTimeout ¦ typeof [].flat"""
)
MISSING = phrases(
    """Object.values({a: 1}) ¦ [1, [2]].flat() ¦ 'aa'.replaceAll('a', 'b') ¦ new Map()
    Symbol('a') ¦ Object.entries({a: 1}) ¦ Promise.resolve(1) ¦ [1].at(0) ¦ new Set([1])
    'a'.matchAll(/a/g)"""
)
MODERN = phrases(
    """let x = 1 ¦ const [x = 1] = [] ¦ x = { a } ¦ f(...[1]) ¦ for (var x of [1]) {}
    x = 2 ** 2 ¦ x = a ?? 1 ¦ x = a?.x ¦ var { x } = c ¦ class X {} ¦ x = { [a]: 1 }
    x = 1n
    x = 0b11 ¦ import 'x' ¦ function* g() {} ¦ async function g() {} ¦ try {} catch {}
    x = (y = 1) => y ¦ x = /(?<n>a)/ ¦ x = (...y) => y ¦ a ||= 1 ¦ for (const x in c) {}
    x = /a/y ¦ export var x ¦ new.target ¦ x = { get [a]() {} } ¦ var [x, ...y] = b
    x = { ...c } ¦ for (let x = 0; x < 1; x++) {} ¦ x = async () => 1 ¦ const a = 1
    if (1) let x ¦ var x = y => {}.z ¦ (a,) => a ¦ x = 0o7"""
)
VARIABLES = "a = 1, b = [1, 2], c = {x: 1, y: 's'}, d = 's', class = 3, let = [[4], 5]"
TELL = (
    "V(r.map(function (x) { return typeof x == 'function' ? 'f' :"
    " x instanceof Error ? x.name : x; }));"
)


class Grammar:
    """One script from one random source."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.consts = 0
        self.functions = 0

    def one(self, choices: list[str]) -> str:
        return self.random.choice(choices)

    def name(self) -> str:
        return self.one(NAMES if self.random.random() < 0.995 else LOOSE)

    def script(self) -> str:
        strict = "'use strict'; " if self.random.random() < 0.08 else ""
        end = self.one(["\n", " ", "\n<!-- a comment\n", "\n// a comment\n"])
        start = f"var r = [], n = 0, {VARIABLES};"
        parts = [self.statement(2) for _ in range(self.random.randint(1, 4))]
        if self.random.random() < 0.12:
            parts.insert(self.random.randint(0, len(parts)), self.one(MODERN) + ";")
        return f"{strict}{start}{end}{end.join(parts)}\n{TELL}"

    def value(self, depth: int = 2) -> str:
        if depth == 0 or self.random.random() < 0.25:
            text = self.name() if self.random.random() < 0.6 else self.one(LITERALS)
        else:
            text = self.compound(depth - 1)
        return f"({text})" if text.startswith("{") else text

    def compound(self, depth: int) -> str:
        def value() -> str:
            return self.value(depth)

        name, random = self.name(), self.random.random()
        if random < 0.004:
            return self.one(MISSING)
        shapes = [
            lambda: f"({value()} {self.one(BINARY)} {value()})",
            lambda: f"[{value()}, {value()}]",
            lambda: f"{{{self.one(KEYS)}: {value()}, {self.one(KEYS)}: {value()}}}",
            lambda: f"`t${{{value()}}}${{{value()}}}`",
            lambda: f"({name} => {value()})({value()})",
            lambda: f"(({name}, z) => {{ return {value()}; }})({value()})",
            lambda: f"(function ({name}) {{ return {value()}; }})({value()})",
            lambda: f"({value()} ? {value()} : {value()})",
            lambda: f"({{m() {{ return {value()}; }}}}).m()",
            lambda: f"({{get x() {{ return {value()}; }}}}).x",
            lambda: f"({name} {self.one(ASSIGNMENTS)} {value()})",
            lambda: self.one([f"{name}++", f"--{name}", f"{name}--", f"++{name}"]),
            lambda: f"({self.one(UNARY)}{value()})",
            lambda: f"({value()} in {{a: 1, x: 2}})",
            lambda: f"({value()} instanceof {self.one(['Array', 'Object', 'Error'])})",
            lambda: f"({value()} || 0).{self.one(['a', 'length', 'class', 'x', 'y'])}",
            lambda: f"({value()} || []).{self.one(['a', 'length', 'class', 'x', 'y'])}",
            lambda: f"([{name}, d] = [{value()}, 's'])",
            lambda: f"new (function () {{ this.x = {value()}; }})",
            lambda: self.one(METHODS),
            lambda: self.one(METHODS),
        ]
        return self.random.choice(shapes)()

    def statement(self, depth: int) -> str:
        if depth == 0 or self.random.random() < 0.4:
            return self.simple()
        name, other, value = self.name(), self.name(), self.value()
        count = self.random.randint(1, 3)
        body = " ".join(self.statement(depth - 1) for _ in range(count))
        more = self.statement(depth - 1)
        self.functions += 1
        number = self.functions
        limited = f"if (n++ > 50) break; {body}"
        shapes = [
            f"if ({value}) {{ {body} }} else {{ {more} }}",
            f"for (var {name} = 0; {name} < 3 && n++ < 50; {name}++) {{ {body} }}",
            f"for (var {name} in {value}) {{ {limited} }}",
            f"for each (var {name} in {value}) {{ {limited} }}",
            f"for each ({name} in {value}) {{ {limited} r.push({name}); }}",
            f"for (var [{name}, {other}] in {value}) {{ {limited} }}",
            f"for each (var [{name}] in [[{value}], [2]]) {{ {body} }}",
            f"try {{ {body} }} catch ({name}) {{ {more} }}",
            f"try {{ {body} throw {value}; }} catch (e if {value}) {{ {more} }}",
            f"try {{ {body} throw {value}; }} catch (e if typeof e == 'number')"
            f" {{ r.push(e); }} catch (e) {{ {more} }} finally {{ r.push(0); }}",
            f"with ({{d: {value}, q: 2}}) {{ r.push(d, q); d = {self.value(0)}; }}",
            f"with (c) {{ var y = {value}; r.push(x, y); }}",
            f"{{ function g{number}({name}) {{ {body} }} r.push(typeof g{number}); }}",
            f"r.push(typeof g{number}); {{ function g{number}() {{}} }}",
            f"(function ({name}) {{ {body} }})({value});",
            f"(function ([{name}, z]) {{ {body} }})([1, {value}]);",
            f"if ({value}) {{ {body} }}",
            f"r.push((function () {{ {body} return {value}; }})());",
            f"switch ({value}) {{ case 1: {body} break; default: {more} }}",
            f"out{number}: for (;;) {{ {body} break out{number}; }}",
            f"function h{number}() {{ {body} }} h{number}();",
            f"while (n++ < 9) {{ {body} }}",
            f"do {{ {body} }} while (n++ < 5);",
        ]
        return self.random.choice(shapes)

    def simple(self) -> str:
        name, other, value = self.name(), self.name(), self.value()
        self.consts += 1
        const = f"k{self.consts}"
        shapes = [
            f"var {name} = {value};",
            f"const {const} = {value}; {const} = 5; r.push({const}, {const} = 6);",
            f"const {const} = n; r.push({const}); {const} += 2; r.push({const});",
            f"{name} {self.one(ASSIGNMENTS)} {value};",
            f"r.push({value});",
            f"r.push({value});",
            f"r.push(typeof {name}, {name});",
            f"r.push(({name}, {value}));",
            f"[{name}, {other}] = [{value}, {self.value(0)}];",
            f"var [{name}, , {other}] = [{value}, 2, 3];",
            f"var {{x: {name}, y: [{other}]}} = {{x: {value}, y: [5]}};",
            f"c.{self.one(KEYS[:5])} = {value};",
            f"if (Array.isArray(b)) b[{self.random.randint(0, 1)}] = {value};",
            f"if (n++ < 9) r.push({value});",
            f"try {{ throw {value}; }} catch (e) {{ r.push(e); }}",
            f"V({value});",
        ]
        if self.random.random() < 0.03:
            return f"if (n > 3) throw {value};"
        return self.random.choice(shapes)
