// @ts-check
// java.lang: strings, numbers and booleans in their boxes.
(function javaLang(/** @type {Kit} */ kit) {
  "use strict";

  const { InternalError, Math, Number, RegExp, String } = globalThis;
  const { arrayOf, compare, constant, gives, javaClass, javaError, plain, root } = kit;
  const { show, toInt, toScript, type, typed, valuesOf, Whole } = kit;

  const value = (state) => state;

  // ---- String ---------------------------------------------------------------

  const text = (given) =>
    given === null || given === undefined ? "null" : show(given);
  const outside = (message) =>
    javaError("java.lang.StringIndexOutOfBoundsException", message);

  function charAt(state, index) {
    const place = toInt(index);
    if (place < 0 || place >= state.length) {
      throw outside(`index ${place}, length ${state.length}`);
    }
    return state.charCodeAt(place); // Rhino makes a number of a char
  }

  function substring(state, from, to = state.length) {
    const [begin, end] = [toInt(from), toInt(to)];
    if (begin < 0 || end > state.length || begin > end) {
      throw outside(`begin ${begin}, end ${end}, length ${state.length}`);
    }
    return state.slice(begin, end);
  }

  // Java drops the empty pieces at the end.
  function split(state, pattern) {
    const pieces = state === "" ? [""] : state.split(new RegExp(pattern));
    while (pieces.length > 1 && pieces[pieces.length - 1] === "") pieces.pop();
    return arrayOf(pieces);
  }

  const onText =
    (body) =>
    ({ state }, ...args) =>
      body(state, ...args.map(text));
  const stringType = type(
    "java.lang.String",
    root,
    {
      length: plain(0, 0, ({ state }) => state.length),
      isEmpty: plain(0, 0, ({ state }) => state === ""),
      isBlank: plain(0, 0, ({ state }) => state.trim() === ""),
      charAt: plain(1, 1, ({ state }, index) => charAt(state, index)),
      equals: plain(1, 1, ({ state }, other) => state === other),
      equalsIgnoreCase: plain(
        1,
        1,
        onText((s, o) => s.toLowerCase() === o.toLowerCase())
      ),
      compareTo: typed(
        plain(1, 1, ({ state }, other) => compareTexts(state, text(other)))
      ),
      contains: typed(
        plain(
          1,
          1,
          onText((s, o) => s.includes(o))
        )
      ),
      startsWith: plain(
        1,
        1,
        onText((s, o) => s.startsWith(o))
      ),
      endsWith: plain(
        1,
        1,
        onText((s, o) => s.endsWith(o))
      ),
      indexOf: plain(1, 2, ({ state }, o, from = 0) =>
        state.indexOf(text(o), toInt(from))
      ),
      lastIndexOf: plain(
        1,
        1,
        onText((s, o) => s.lastIndexOf(o))
      ),
      matches: plain(
        1,
        1,
        onText((s, o) => new RegExp(`^(?:${o})$`).test(s))
      ),
      concat: gives(
        1,
        1,
        onText((s, o) => s + o)
      ),
      substring: gives(1, 2, ({ state }, from, to) => substring(state, from, to)),
      trim: gives(
        0,
        0,
        onText((s) => s.trim())
      ),
      strip: gives(
        0,
        0,
        onText((s) => s.trim())
      ),
      toLowerCase: gives(
        0,
        0,
        onText((s) => s.toLowerCase())
      ),
      toUpperCase: gives(
        0,
        0,
        onText((s) => s.toUpperCase())
      ),
      replace: gives(2, 2, ({ state }, old, other) => {
        if (typeof old !== "string") {
          throw new InternalError(
            "The choice of Java method java.lang.String.replace " +
              "matching JavaScript argument types is ambiguous"
          );
        }
        return state.split(old).join(text(other));
      }),
      replaceAll: gives(
        2,
        2,
        onText((s, old, o) => s.replace(new RegExp(old, "g"), o))
      ),
      replaceFirst: gives(
        2,
        2,
        onText((s, old, o) => s.replace(new RegExp(old), o))
      ),
      repeat: gives(1, 1, ({ state }, times) => state.repeat(toInt(times))),
      split: gives(1, 2, onText(split)),
      intern: gives(
        0,
        0,
        onText((s) => s)
      ),
    },
    { box: true, show: value, data: value, prototype: String.prototype }
  );

  function compareTexts(one, other) {
    const short = Math.min(one.length, other.length);
    for (let i = 0; i < short; i += 1) {
      const apart = one.charCodeAt(i) - other.charCodeAt(i);
      if (apart) return apart;
    }
    return one.length - other.length;
  }

  const pieces = (parts) => (parts.length === 1 ? valuesOf(parts[0]) : parts);
  javaClass(stringType, (given = "") => toScript(text(given)), {
    valueOf: gives(1, 1, (self, given) => text(given)),
    join: gives(1, Infinity, (self, by, ...parts) =>
      pieces(parts).map(text).join(text(by))
    ),
    format: gives(1, Infinity, (self, form, ...args) => {
      const left = args.slice();
      return form.replace(/%([sd%])/g, (all, kind) =>
        kind === "%" ? "%" : text(left.shift())
      );
    }),
  });

  // ---- Numbers --------------------------------------------------------------

  const numberOf = (given) => (given instanceof Whole ? given.value : Number(given));
  const numeric = (state) => (state instanceof Whole ? state.value : state);
  const numberType = type(
    "java.lang.Number",
    root,
    {
      intValue: plain(0, 0, ({ state }) => Math.trunc(numeric(state)) | 0),
      longValue: plain(0, 0, ({ state }) => Math.trunc(numeric(state))),
      doubleValue: plain(0, 0, ({ state }) => numeric(state)),
      floatValue: plain(0, 0, ({ state }) => Math.fround(numeric(state))),
      compareTo: plain(1, 1, ({ state }, other) => compare(state, other)),
    },
    { box: true, show, data: value }
  );

  function parse(given, base = 10) {
    const digits = text(given);
    if (!/^[+-]?\d+$/.test(digits) && toInt(base) === 10) {
      throw javaError(
        "java.lang.NumberFormatException",
        `For input string: "${digits}"`
      );
    }
    return Number.parseInt(digits, toInt(base));
  }

  function defineWhole(name, bits) {
    const made = type(`java.lang.${name}`, numberType, {});
    const box = (given) => {
      const number = typeof given === "string" ? parse(given) : numberOf(given);
      return toScript(new Whole(name, Math.trunc(number)));
    };
    javaClass(made, box, {
      valueOf: gives(1, 2, (self, given) => box(given)),
      [name === "Integer" ? "parseInt" : `parse${name}`]: plain(1, 2, (self, t, base) =>
        parse(t, base)
      ),
      toString: typed(
        gives(1, 1, (self, given) => String(Math.trunc(numberOf(given))))
      ),
      toHexString: typed(
        gives(1, 1, (self, given) => (numberOf(given) >>> 0).toString(16))
      ),
      compare: typed(plain(2, 2, (self, a, b) => Math.sign(numberOf(a) - numberOf(b)))),
      max: typed(plain(2, 2, (self, a, b) => Math.max(numberOf(a), numberOf(b)))),
      min: typed(plain(2, 2, (self, a, b) => Math.min(numberOf(a), numberOf(b)))),
      ...limits(bits),
    });
  }
  const limits = (bits) => {
    const most = 2 ** (bits - 1);
    return {
      MAX_VALUE: constant(bits < 53 ? most - 1 : most),
      MIN_VALUE: constant(-most),
    };
  };
  defineWhole("Byte", 8);
  defineWhole("Short", 16);
  defineWhole("Integer", 32);
  defineWhole("Long", 64);

  const real = (given) => {
    const number = typeof given === "string" ? Number(given) : numberOf(given);
    if (Number.isNaN(number) && given !== "NaN") {
      throw javaError(
        "java.lang.NumberFormatException",
        `For input string: "${given}"`
      );
    }
    return number;
  };
  javaClass(
    type("java.lang.Double", numberType, {}),
    (given) => toScript(real(given)),
    {
      valueOf: gives(1, 1, (self, given) => real(given)),
      parseDouble: plain(1, 1, (self, given) => real(given)),
      toString: gives(1, 1, (self, given) => show(real(given))),
    }
  );

  // ---- Boolean --------------------------------------------------------------

  const isTrue = (given) =>
    typeof given === "boolean" ? given : text(given).toLowerCase() === "true";
  const booleanType = type(
    "java.lang.Boolean",
    root,
    {
      booleanValue: plain(0, 0, ({ state }) => state),
    },
    { box: true, show: String, data: value }
  );
  javaClass(booleanType, (given) => toScript(isTrue(given)), {
    TRUE: true,
    FALSE: false,
    parseBoolean: plain(1, 1, (self, given) => isTrue(given)),
    valueOf: gives(1, 1, (self, given) => isTrue(given)),
    toString: gives(1, 1, (self, given) => String(isTrue(given))),
  });
});
