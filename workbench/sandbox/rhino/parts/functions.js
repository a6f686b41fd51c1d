// @ts-check
// eval, Function and the methods of functions, as Rhino has them.
(function functions(/** @type {RhinoKit} */ kit) {
  "use strict";

  const { Function, Object, Reflect } = kit.natives;
  const { define, host, notEmulated, rename, replace } = kit;
  const { defineProperty } = Object;
  const { apply } = Reflect;

  const { eval: evaluate } = globalThis; // by another name it runs in the global scope
  const run = (text) => evaluate(host("code", text));

  define(globalThis, "eval", function (source) {
    return typeof source === "string" ? run(source) : source;
  });
  rename(globalThis.eval, "eval");
  define(globalThis, "Function", function (...parts) {
    const body = parts.length ? parts.pop() : "";
    return run(`(function anonymous(${parts.join(",")}\n) {\n${body}\n})`);
  });
  rename(globalThis.Function, "Function", 1);
  defineProperty(globalThis.Function, "prototype", {
    __proto__: null,
    value: Function.prototype,
    writable: false,
  });
  define(Function.prototype, "constructor", globalThis.Function);
  replace(Function.prototype, {
    bind: (before) =>
      function (...given) {
        return rename(apply(before, this, given), "");
      },
    toString: () => () => notEmulated("the source of a function as text"),
  });
});
