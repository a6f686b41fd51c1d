"""Scripts that take more than a script may have, by what they take it with.

None of them comes to its end, and each has to be stopped in words. Beside attacks.py:
there a script wants out, here it wants time, memory or room.
"""


def many(text: str, count: int) -> str:
    """The text so often, with a number in it where it has %d."""
    return "".join(text.replace("%d", str(each)) for each in range(count))


def deep(opening: str, closing: str, depth: int, inside: str = "1") -> str:
    """Something within itself so often."""
    return opening * depth + inside + closing * depth


LONG = "var s = 'a'.repeat(1e7);"
FULL = "var a = new Array(1e6).fill(1);"

BOMBS: dict[str, list[str]] = {
    "is more than is read": [
        many("a=1;", 50_000),
        many("function f%d(a, b) { return a + b; }\n", 3000),
        many("i++;", 30_000),
        many("var v%d = %d;\n", 30_000),
        "x = [" + many("%d,", 30_000) + "]",
        "x = {" + many("k%d: %d,", 20_000) + "}",
        "x = " + many("a.b + ", 15_000) + "1",
        "x = '" + "y" * 300_000 + "'",
        "// " + "\U0001f600" * 300_000,
        "/" + "(a|b)*" * 60_000 + "/.test('')",
        many("`${a}`;", 20_000),
        many("if (a) b(); else ", 20_000) + "c();",
        "\n" * 300_000,
    ],
    "is deeper than is read": [
        deep("(", ")", 9000),
        deep("[", "]", 9000),
        "x = " + deep("{a:", "}", 6000),
        deep("{", "}", 9000, ""),
        deep("if (a) {", "}", 3000),
        deep("(function () {", "})()", 2000),
        "x = " + "!" * 19_000 + "1",
        "x = " + many("1 + ", 9000) + "1",
        many("if (a) b(); else ", 2200) + "c();",
        "x = " + many("a ? b : ", 4000) + "c",
        deep("try {", "} catch (e) {}", 2500, ""),
        deep("with (a) {", "}", 2900, ""),
        deep("`${", "}`", 4500),
        deep("function f() {", "}", 2400, ""),
        "(" * 19_000,
        "[" * 19_000,
        "{" * 19_000,
    ],
    "hands too much to eval": [
        'for(var i=0;i<16;i++){eval(i+";"+Array(65000).join("a=1;"))}',
        'for(var i=0;i<2;i++){eval(i+";"+Array(65000).join("a=1;"))}',
        "for (var i = 0; i < 17; i++) eval(i + ';')",
        "for (var i = 0; ; i++) { try { eval('x = ' + i) } catch (e) {} }",
        "for (var i = 0; ; i++) Function('a' + i, 'return a' + i)(i)",
        "eval(new Array(3e4).join('('))",
        "eval(new Array(9e3).join('[') + 1 + new Array(9e3).join(']'))",
        "eval(new Array(2e5).join('x = \"'))",
        "var t = '1'; for (;;) { t += ';' + t; eval(t) }",
        "eval('for' + '(;;) {}')",
        "Function('for' + '(;;) {}')()",
        "eval(new Array(2e4).join('function f() {}'))",
        "(function f(n) { eval('1;' + n); f(n + 1) })(0)",
        "var t = 'for (;;) {}'; try { eval(t) } catch (e) {} eval(t)",
    ],
    "never ends": [
        "for (;;) {}",
        "while (true) { try { for (;;) {} } catch (e) {} }",
        "do { var x = Math.random() } while (x < 2)",
        "(function f() { try { f() } finally { f() } })()",
        "[3, 1, 2].sort(function () { for (;;) {} })",
        "'aaa'.replace(/a/g, function () { for (;;) {} })",
        "JSON.parse('[1]', function () { for (;;) {} })",
        "JSON.stringify([1], function () { for (;;) {} })",
        "var o = {get a() { for (;;) {} }}; o.a",
        "({valueOf: function () { for (;;) {} }}) + 1",
        "for (var i = 0, a = [1]; i < a.length; i++) a.push(1), a.shift(), i = -1",
        "var d = new Date(0); for (;;) d.setTime(d.getTime() + 1)",
        "label: for (;;) { for (;;) { continue label } }",
        "for each (var x in {get a() { for (;;) {} }}) {}",
    ],
    "is busy where nothing looks at the clock": [
        f"{LONG} for (;;) s.indexOf('b')",
        f"{LONG} for (;;) s.lastIndexOf('b')",
        f"{LONG} for (;;) s.split('b')",
        f"{LONG} for (;;) s.localeCompare(s + 'b')",
        f"{FULL} for (;;) a.indexOf(2)",
        f"{FULL} for (;;) a.lastIndexOf(2)",
        f"{FULL} for (;;) a.slice().reverse()",
        f"{FULL} for (;;) a.join()",
        f"{FULL} for (;;) a.sort()",
        f"{FULL} for (;;) a.sort(function (x, y) {{ return y - x }})",
        f"{FULL} for (;;) JSON.parse(JSON.stringify(a))",
        "/^(a+)+$/.test(new Array(50).join('a') + 'b')",
        "/(x+x+)+y/.exec(new Array(60).join('x'))",
        "/(?:a|aa|aaa)+$/.test(new Array(99).join('a') + 'b')",
        "new Array(2e5).join('x').match(/(.*)*y/)",
        "var s = new Array(1e5).join('%41'); for (;;) decodeURIComponent(s)",
        "for (;;) encodeURIComponent(new Array(1e5).join('\\u20ac'))",
        "for (;;) parseFloat(new Array(1e6).join('1'))",
        "for (;;) new Array(1e5).join('ab').toUpperCase()",
        "for (;;) new Date('2020-01-01').toString()",
    ],
    "takes memory": [
        "var a = []; for (;;) a.push(new Array(1000).fill(1))",
        "var a = []; for (;;) { try { a.push(new Array(1e4).fill(1)) } catch (e) {} }",
        "var s = 'x'; for (;;) s += s",
        "var a = []; for (var i = 0; ; i++) a.push('text ' + i)",
        "var o = {}; for (var i = 0; ; i++) o['k' + i] = i",
        "var f = []; for (;;) f.push(function () { return f })",
        "var a = []; for (;;) a.push({a: {b: {c: [a]}}})",
        "new Array(4e8).join('x')",
        "var a = new Array(4294967295); a.fill(0)",
        "var r = []; for (var i = 0; ; i++) r.push(new RegExp('x' + i))",
        "var a = []; for (;;) a.push(new Date(a.length))",
        "var a = []; for (;;) a.push(new Error('x'))",
        "var a = [1]; for (;;) a = a.concat(a)",
        "var s = new Array(1e6).join('('); new RegExp(s)",
        "JSON.parse(new Array(1e6).join('['))",
        "(function f() { f() })()",
        "(function f(a) { return f([a]) + 1 })()",
    ],
    "keeps its end from being told": [
        "throw {toString: function () { for (;;) {} }}",
        "throw {get message() { for (;;) {} }, toString: function () { for (;;) {} }}",
        "Error.prototype.toString = function () { for (;;) {} }; throw new Error('x')",
        "Object.defineProperty(Error.prototype, 'name', "
        "{get: function () { for (;;) {} }}); null.a",
        "logger.info({toString: function () { for (;;) {} }})",
        "for (;;) logger.info('again and again')",
        "logger.error(new Array(1e6).join('x'))",
        "throw new Error(new Array(1e7).join('x')).a.b",
        "try { null.a } catch (e) { for (;;) { try { null.b } catch (f) {} } }",
        "null.a(function () { return 1 })",
        "var o = {}; for (var i = 0; i < 3e5; i++) o.a = i; o.missing()",
        f"{LONG} for (var i = 0; i < 9; i++) s.indexOf('b'); s.missing()",
    ],
}
