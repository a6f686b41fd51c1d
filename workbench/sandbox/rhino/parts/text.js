// @ts-check
// String and RegExp, as Rhino has them.
(function text(/** @type {RhinoKit} */ kit) {
  "use strict";

  const { Array, Object, Reflect, RegExp, String, Symbol, SyntaxError } = kit.natives;
  const { TypeError } = kit.natives;
  const { brand, cut, define, hasOwn, notEmulated, replace } = kit;
  const { replaceConstructor, test } = kit;
  const { defineProperty } = Object;
  const { apply, deleteProperty } = Reflect;

  const plainWord = /^(?:[a-z]*|[A-Z]*|\d*)$/;
  replace(String.prototype, {
    split: (before) =>
      function (...rest) {
        const parts = apply(before, this, rest);
        return parts.map((part) => (part === undefined ? "" : part));
      },
    localeCompare: () =>
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
  replace(String.prototype, {
    anchor: tag,
    fontcolor: tag,
    fontsize: tag,
    link: tag,
  });

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

  // ---- Methods of texts and arrays as functions ------------------------------

  /** @type {[string, any][]} */
  const types = [
    ["Array", Array],
    ["String", String],
  ];
  for (const [path, type] of types) {
    for (const name of kit.members[path]) {
      const method = type.prototype[name];
      if (!hasOwn(type, name) && typeof method === "function") {
        define(type, name, (self, ...rest) => apply(method, self, rest));
      }
    }
  }
});
