// Makes QuickJS's built-in objects those of Rhino 1.7.14 at language version 0, and
// gives what translate.py's output calls. Evaluated after the prelude has taken what
// it needs, and before the script.
//
// host is the function that the prelude gave; members are those Rhino has, by path.
(function rhino(host, members) {
  "use strict";

  const world = globalThis;
  const { Array, Date, Error, Function, Math, Number, Object } = world;
  const { RegExp, String, SyntaxError, TypeError } = world;
  const { defineProperty, getOwnPropertyDescriptor, getOwnPropertyNames } = Object;
  const { freeze, getOwnPropertySymbols, hasOwn, isExtensible, isFrozen } = Object;
  const { isArray } = Array;
  const { apply, construct, deleteProperty, get, ownKeys, set } = Reflect;
  const onThis = Function.prototype.bind.bind(Function.prototype.call);
  const brand = onThis(Object.prototype.toString);
  const test = onThis(RegExp.prototype.test);
  const cut = onThis(String.prototype.replace);
  const { Proxy, Symbol } = world;

  // Ends the script, even one that catches it: AM would go on, we cannot.
  const notEmulated = (construct) => host("notEmulated", construct);

  function define(object, name, value) {
    const how = { __proto__: null, value, writable: true, configurable: true };
    defineProperty(object, name, how);
  }

  function rename(method, name, length = method.length) {
    defineProperty(method, "name", { __proto__: null, value: name });
    defineProperty(method, "length", { __proto__: null, value: length });
    return method;
  }

  // Methods on an object, each given the method that it replaces.
  function replace(object, methods) {
    for (const name of ownKeys(methods)) {
      const before = object[name];
      define(object, name, rename(methods[name](before), name, before?.length));
    }
  }

  // Something that Rhino has and QuickJS cannot have: reading it ends the script.
  function refuse(object, name, what) {
    const refusal = { __proto__: null, configurable: true };
    refusal.get = () => notEmulated(what);
    refusal.set = function (value) {
      define(this, name, value);
    };
    defineProperty(object, name, refusal);
  }

  // ---- What is missing in Rhino --------------------------------------------

  // Rhino has the first three without listing them; this engine needs the others.
  const flags = ["dotAll", "flags", "hasIndices", "sticky", "unicode", "unicodeSets"];
  const kept = ["__proto__", "stack", "toGMTString", ...flags];

  function removeFrom(object, names) {
    for (const name of getOwnPropertyNames(object)) {
      const stays = names.includes(name) || kept.includes(name);
      if (!stays) deleteProperty(object, name);
    }
  }

  for (const path of ownKeys(members)) {
    const object = path.split(".").reduce((at, name) => name ? at?.[name] : at, world);
    if (object !== undefined && path !== "") removeFrom(object, members[path]);
  }
  removeFrom(world, members[""]);

  // ---- What only Rhino has ----------------------------------------------------

  for (const name of members[""]) {
    if (!hasOwn(world, name)) refuse(world, name, name);
  }
  refuse(world, "Iterator", "Iterator");
  refuse(Object.prototype, "toSource", "toSource");
  for (const name of members["RegExp"]) {
    if (!hasOwn(RegExp, name)) refuse(RegExp, name, `RegExp.${name}`);
  }
  define(String.prototype, "equals", function equals(other) {
    return String(this) === String(other);
  });
  define(String.prototype, "equalsIgnoreCase", function equalsIgnoreCase(other) {
    return String(this).toLowerCase() === String(other).toLowerCase();
  });
  refuse(Error.prototype, "fileName", "fileName of an error");
  defineProperty(Error.prototype, "lineNumber", {
    __proto__: null,
    get() {
      return Number(host("stack", this)?.match(/<input>:(\d+)/)?.[1] ?? 0);
    },
  });
  defineProperty(Function.prototype, "arity", {
    __proto__: null,
    get() {
      return this.length;
    },
  });

  // ---- Functions --------------------------------------------------------------

  const { eval: evaluate } = world; // by another name it runs in the global scope
  const run = (text) => evaluate(host("code", text));

  define(world, "eval", function (source) {
    return typeof source === "string" ? run(source) : source;
  });
  rename(world.eval, "eval");
  define(world, "Function", function (...parts) {
    const body = parts.length ? parts.pop() : "";
    return run(`(function anonymous(${parts.join(",")}\n) {\n${body}\n})`);
  });
  rename(world.Function, "Function", 1);
  defineProperty(world.Function, "prototype", {
    __proto__: null,
    value: Function.prototype,
    writable: false,
  });
  define(Function.prototype, "constructor", world.Function);
  replace(Function.prototype, {
    bind: (before) =>
      function (...given) {
        return rename(apply(before, this, given), "");
      },
    toString: () => () => notEmulated("the source of a function as text"),
  });

  // ---- Objects ------------------------------------------------------------------

  const isObject = (value) =>
    (typeof value === "object" && value !== null) || typeof value === "function";

  const isText = (value) => brand(value) === "[object String]";

  const objectsOnly = (method) =>
    function (value) {
      if (!isObject(value)) {
        const found = value === null ? "null" : typeof value;
        const message = `Expected argument of type object, but instead had type ${found}`;
        throw new TypeError(message);
      }
      return apply(method, this, arguments);
    };

  replace(Object, {
    assign: (before) =>
      function (target, ...sources) {
        for (const source of sources) if (!isText(source)) target = before(target, source);
        return before(target);
      },
    freeze: objectsOnly,
    getOwnPropertyDescriptor: objectsOnly,
    getOwnPropertyNames: (before) =>
      objectsOnly((object) => (isText(object) ? ["length"] : before(object))),
    getPrototypeOf: objectsOnly,
    isExtensible: objectsOnly,
    isFrozen: objectsOnly,
    isSealed: objectsOnly,
    keys: (before) => objectsOnly((object) => (isText(object) ? [] : before(object))),
    preventExtensions: objectsOnly,
    seal: objectsOnly,
    getOwnPropertySymbols: () => objectsOnly(() => []),
  });
  replace(Object.prototype, {
    toString: (before) =>
      function () {
        const nothing = this === undefined || this === null || this === world;
        return nothing ? "[object Object]" : brand(this);
      },
  });

  // What is no function has those as instances that inherit from it.
  const inherits = onThis(Object.prototype.isPrototypeOf);
  define(Object.prototype, Symbol.hasInstance, function (value) {
    return isObject(value) && inherits(this, value);
  });

  // Rhino's methods go on as if they had changed a frozen array, and change one that
  // is only closed; under 'use strict', which a method cannot see, they throw.
  let strictSomewhere = false;

  const unheeded = (object) => ({
    __proto__: null,
    has: (target, name) => name in object,
    get: (target, name) => object[name],
    set: (target, name, value) => set(object, name, value) || true,
    deleteProperty: (target, name) => deleteProperty(object, name) || true,
  });

  function changeNothing(method, self, given) {
    if (isArray(self) && (self.length === 0 || !isFrozen(self))) {
      notEmulated(`${method.name} on an array that takes no new members`);
    }
    const target = isArray(self) ? [] : {};
    const proxy = new Proxy(target, unheeded(self));
    const result = apply(method, proxy, given);
    return result === proxy ? self : result;
  }

  const changing = (method) =>
    function (...given) {
      const heeds = !isObject(this) || isExtensible(this) || strictSomewhere;
      return heeds ? apply(method, this, given) : changeNothing(method, this, given);
    };

  replace(Array.prototype, {
    copyWithin: changing,
    fill: changing,
    pop: changing,
    push: changing,
    reverse: changing,
    shift: changing,
    sort: changing,
    splice: changing,
    unshift: changing,
  });

  const joining = []; // as text an array leaves itself out
  replace(Array.prototype, {
    toString: (before) =>
      function () {
        if (joining.includes(this)) return "";
        joining.push(this);
        try {
          return apply(before, this, []);
        } finally {
          joining.pop();
        }
      },
  });

  // ---- Numbers --------------------------------------------------------------------

  const octal = /^(\s*[+-]?)0(?=\d)/;
  replace(world, {
    parseInt: (before) => (text, radix) => {
      const digits = `${text}`;
      const isOctal = !radix && test(octal, digits);
      return isOctal ? before(cut(digits, octal, "$1"), 8) : before(digits, radix);
    },
  });
  define(Number, "parseInt", world.parseInt);
  const { LOG2E, log } = Math;
  const FARTHEST = 2 ** 63;
  replace(Math, {
    cbrt: (before) =>
      function (number) {
        const root = before(number);
        const whole = Math.round(root);
        return whole * whole * whole === number ? whole : root;
      },
    atanh: (before) =>
      function (number) {
        const value = +number;
        return value && value > -1 && value < 1 ? NaN : before(value);
      },
    round: (before) =>
      function (number) {
        const whole = before(number);
        const fits = whole > -FARTHEST && whole < FARTHEST; // a long of Java
        return fits || !isFinite(whole) ? whole : whole < 0 ? -FARTHEST : FARTHEST;
      },
    log2: () => (number) => log(number) * LOG2E,
  });

  const inBase = onThis(Number.prototype.toString);
  replace(Number.prototype, {
    toLocaleString: () =>
      function (base) {
        return base === undefined ? inBase(this) : inBase(this, base);
      },
  });

  // ---- Text --------------------------------------------------------------------

  const plainWord = /^(?:[a-z]*|[A-Z]*|\d*)$/;
  replace(String.prototype, {
    split: (before) =>
      function (...rest) {
        const parts = apply(before, this, rest);
        return parts.map((part) => (part === undefined ? "" : part));
      },
    localeCompare: (before) =>
      function (other) {
        const [here, there] = [`${this}`, `${other}`];
        const both = here + there;
        if (here !== there && !test(plainWord, both)) {
          notEmulated("localeCompare of other than equal or plain texts");
        }
        return here < there ? -1 : here > there ? 1 : 0;
      },
  });

  // Flags may be given beside a text; in replace nothing in that text is special.
  const special = /[\\^$.*+?()[\]{}|/]/g;
  const flagged = (method, at, read) =>
    function (...given) {
      const [wanted] = given;
      if (given.length > at && brand(wanted) !== "[object RegExp]") {
        given[0] = NewRegExp(read(`${wanted}`), `${given[at]}`);
      }
      return apply(method, this, given);
    };
  const asIs = (text) => text;
  replace(String.prototype, {
    match: (before) => flagged(before, 1, asIs),
    replace: (before) => flagged(before, 2, (text) => cut(text, special, "\\$&")),
    search: (before) => flagged(before, 1, asIs),
  });

  const tag = (before) =>
    function (value) {
      return apply(before, this, [`${value}`]);
    };
  replace(String.prototype, { anchor: tag, fontcolor: tag, fontsize: tag, link: tag });

  const newer = /\(\?[^:=!]/;
  function NewRegExp(pattern, flags) {
    const isRegExp = brand(pattern) === "[object RegExp]";
    if (isRegExp && flags !== undefined) {
      throw new TypeError("Only one argument may be given if the first is a RegExp.");
    }
    if (isRegExp) return new.target ? new RegExp(pattern) : pattern;
    const source = pattern === undefined ? "" : `${pattern}`;
    const letters = flags === undefined ? "" : `${flags}`;
    if (test(newer, source)) throw new SyntaxError("Invalid quantifier ?");
    if (!test(/^[gim]*$/, letters)) {
      throw new SyntaxError(`invalid flag after regular expression`);
    }
    return new RegExp(source, letters);
  }
  replaceConstructor("RegExp", RegExp, NewRegExp);
  defineProperty(NewRegExp, Symbol.species, { __proto__: null, value: RegExp });
  replace(RegExp.prototype, {
    exec: (before) =>
      function (text) {
        const match = apply(before, this, [text]);
        if (match) deleteProperty(match, "groups");
        return match;
      },
  });
  define(RegExp.prototype, "toJSON", () => undefined); // it is a function in Rhino

  function replaceConstructor(name, before, after) {
    for (const key of ownKeys(before)) {
      if (key === "prototype" || !hasOwn(after, key)) {
        const what = getOwnPropertyDescriptor(before, key);
        defineProperty(after, key, what);
      }
    }
    rename(after, name, before.length);
    define(after.prototype, "constructor", after);
    define(world, name, after);
  }

  // ---- JSON ------------------------------------------------------------------

  // QuickJS counts the text as code: the error is made anew where it was called.
  function readJson(before, text) {
    try {
      return before(text);
    } catch (error) {
      throw error instanceof SyntaxError ? new SyntaxError(error.message) : error;
    }
  }

  const minus = /-0/; // Rhino has no such number in JSON
  const positive = (value) => (value === 0 ? 0 : value);
  replace(world.JSON, {
    parse: (before) => (given, reviver) => {
      const text = `${given}`;
      const value = readJson(before, text);
      if (typeof reviver === "function") {
        return before(text, function (key, read) {
          return apply(reviver, this, [key, positive(read)]);
        });
      }
      return test(minus, text) ? before(text, (key, read) => positive(read)) : value;
    },
  });

  // ---- Dates -----------------------------------------------------------------

  // What Rhino and QuickJS read alike; Rhino reads more, and its own way.
  const iso = /^\d{4}(?:-\d\d){0,2}(?:T\d\d:\d\d(?::\d\d(?:\.\d{3})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
  const long = /^(?:[A-Z][a-z]{2},? )?(?:\d\d? [A-Z][a-z]{2}|[A-Z][a-z]{2} \d\d?) \d{4}(?: \d\d:\d\d:\d\d(?: (?:GMT|UTC)(?:[+-]\d{4})?)?)?$/;
  const slashed = /^\d\d?\/\d\d?\/\d{4}$/;
  const digits = /\d/;
  const { parse } = Date;

  // Rhino has no 30th of February where others see the 1st of March.
  function isDay(text) {
    const day = text.slice(0, 10);
    const time = parse(day);
    return time === time && new Date(time).toISOString().startsWith(day);
  }

  function parseDate(text) {
    if (test(iso, text) && !isDay(text)) return NaN;
    if (test(iso, text) || test(long, text) || test(slashed, text)) return parse(text);
    return test(digits, text) ? notEmulated("the date format of " + text) : NaN;
  }

  function NewDate(...given) {
    if (!new.target) return `${new Date()}`;
    if (given.length !== 1) return construct(Date, given);
    const first = plainOf(given[0]);
    return new Date(isText(first) ? parseDate(`${first}`) : first);
  }

  function plainOf(value) {
    if (!isObject(value) || value[Symbol.toPrimitive]) return value; // dates, Java's
    const plain = value.valueOf();
    return isObject(plain) ? `${value}` : plain;
  }

  replaceConstructor("Date", Date, NewDate);
  replace(NewDate, { parse: () => (text) => parseDate(`${text}`) });
  const zone = "GMT-0000 (UTC)";
  const local = () => () => notEmulated("dates in the language of the server");
  const setTime = onThis(Date.prototype.setTime);
  const setter = (before) =>
    function (...given) {
      const time = apply(before, this, given);
      return time === time ? time : setTime(this, NaN); // QuickJS would leave the date
    };
  for (const name of getOwnPropertyNames(Date.prototype)) {
    if (test(/^set/, name)) replace(Date.prototype, { [name]: setter });
  }
  replace(Date.prototype, {
    toString: (before) =>
      function () {
        return apply(before, this, []).replace("GMT+0000", zone);
      },
    toTimeString: (before) =>
      function () {
        return apply(before, this, []).replace("GMT+0000", zone);
      },
    toLocaleString: local,
    toLocaleDateString: local,
    toLocaleTimeString: local,
  });

  // ---- Methods of texts and arrays as functions --------------------------------

  for (const [path, type] of [["Array", Array], ["String", String]]) {
    for (const name of members[path]) {
      const method = type.prototype[name];
      if (!hasOwn(type, name) && typeof method === "function") {
        define(type, name, (self, ...rest) => apply(method, self, rest));
      }
    }
  }

  // ---- What the translation calls ---------------------------------------------

  // The values that for each visits: of the keys there at the start, if still there.
  function* each(object) {
    for (const key in keys(object)) yield object[key];
  }

  function* pairs(object) {
    for (const key in keys(object)) yield [key, object[key]];
  }

  // Texts have no members to visit.
  function keys(object) {
    return isText(object) ? undefined : object;
  }

  const strictly = {
    __proto__: null,
    get: (target, name) => get(target, name),
    set(target, name, value) {
      if (set(target, name, value)) return true;
      throw new TypeError(`Cannot set property ${String(name)}`);
    },
    deleteProperty(target, name) {
      if (deleteProperty(target, name)) return true;
      throw new TypeError(`Cannot delete property ${String(name)}`);
    },
  };

  const called = {
    __proto__: null,
    start(strict, ...consts) {
      strictSomewhere ||= strict;
      host("started");
      for (const name of consts) {
        if (world[name] !== undefined) {
          throw new TypeError(`redeclaration of var ${name}.`);
        }
      }
    },
    redeclared(name) {
      throw new TypeError(`redeclaration of var ${name}.`);
    },
    box: (value) => ({ __proto__: null, value }),
    get ignored() {
      return undefined;
    },
    set ignored(value) {},
    eval(source) {
      return typeof source === "string" ? notEmulated("eval inside a function") : source;
    },
    scope(object, ...names) {
      for (const name of names) {
        if (isObject(object) && name in object) notEmulated(`${name} inside of with`);
      }
      return object;
    },
    each,
    pairs,
    keys,
    strict(object) {
      const lenient = object === Math || object === Number; // to set PI does nothing
      return isObject(object) && !lenient ? new Proxy(object, strictly) : object;
    },
    thrown: (value) => host("thrown", value),
    caught: (error) => host("caught", error),
  };
  return freeze(called);
})
