// @ts-check
// Makes QuickJS's built-in objects those of Rhino 1.7.14 at language version 0, and
// gives what translate.py's output calls. Evaluated after the prelude has taken what
// it needs, and before the script.
//
// parts are the functions of the files in parts/, each given the kit; host is the
// function that the prelude gave; members are those Rhino has, by path.
(function rhino(parts, host, members) {
  "use strict";

  const world = globalThis;
  // Kept, for a script may change them, and Rhino does not have all of them.
  const { Array, Date, Error, Function, JSON, Math, Number, Object } = world;
  const { Proxy, Reflect, RegExp, String, Symbol, SyntaxError, TypeError } = world;
  const natives = {
    Array,
    Date,
    Error,
    Function,
    JSON,
    Math,
    Number,
    Object,
    Proxy,
    Reflect,
    RegExp,
    String,
    Symbol,
    SyntaxError,
    TypeError,
  };
  const { defineProperty, getOwnPropertyDescriptor, getOwnPropertyNames } = Object;
  const { hasOwn } = Object;
  const { deleteProperty, ownKeys } = Reflect;
  const onThis = Function.prototype.bind.bind(Function.prototype.call);
  const brand = onThis(Object.prototype.toString);
  const test = onThis(RegExp.prototype.test);
  const cut = onThis(String.prototype.replace);

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

  const isObject = (value) =>
    (typeof value === "object" && value !== null) || typeof value === "function";

  const isText = (value) => brand(value) === "[object String]";

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

  // ---- What is missing in Rhino ----------------------------------------------

  // Rhino has the first three without listing them; this engine needs the others.
  const flags = ["dotAll", "flags", "hasIndices", "sticky", "unicode", "unicodeSets"];
  const kept = ["__proto__", "stack", "toGMTString", ...flags];

  function removeFrom(object, names) {
    for (const name of getOwnPropertyNames(object)) {
      const stays = names.includes(name) || kept.includes(name);
      if (!stays) deleteProperty(object, name);
    }
  }

  for (const path of getOwnPropertyNames(members)) {
    const object = path
      .split(".")
      .reduce((at, name) => (name ? at?.[name] : at), world);
    if (object !== undefined && path !== "") removeFrom(object, members[path]);
  }
  removeFrom(world, members[""]);

  // ---- What only Rhino has ---------------------------------------------------

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

  // ---- The parts -------------------------------------------------------------

  const kit = {
    __proto__: null,
    brand,
    called: undefined,
    cut,
    define,
    hasOwn,
    host,
    isObject,
    isText,
    members,
    natives,
    notEmulated,
    onThis,
    rename,
    replace,
    replaceConstructor,
    strictSomewhere: false, // whether a script or a function of it is strict
    test,
    traced: undefined,
  };
  for (const part of parts) part(kit);
  return kit.called;
});
