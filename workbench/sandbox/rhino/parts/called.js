// @ts-check
// What the translation of a script calls ($rhino, as translate.py writes it).
(function called(/** @type {RhinoKit} */ kit) {
  "use strict";

  const { Math, Number, Object, Proxy, Reflect, String, TypeError } = kit.natives;
  const { host, isObject, isText, notEmulated } = kit;
  const { freeze } = Object;
  const { deleteProperty, get, set } = Reflect;

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
      kit.strictSomewhere ||= strict;
      host("started");
      for (const name of consts) {
        if (globalThis[name] !== undefined) {
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
      return typeof source === "string"
        ? notEmulated("eval inside a function")
        : source;
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
    ...kit.traced,
    thrown: (value) => host("thrown", value),
    caught: (error) => host("caught", error),
  };
  kit.called = freeze(called);
});
