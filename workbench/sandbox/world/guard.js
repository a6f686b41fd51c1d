// @ts-check
// Java does not run on JavaScript's built-in objects, so a script that changes
// Array.prototype changes nothing in Java. Here it would: so the methods that Java
// uses are put back for as long as it is at work, and out again for a callback.
(function guard(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, Function, InternalError, JSON, Math, Number, Object, Reflect } =
    globalThis;
  const { RegExp, String, Symbol } = globalThis;
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
  const { apply, deleteProperty } = Reflect;

  const LIST = [
    ..."concat every fill filter find findIndex forEach includes indexOf join map".split(
      " "
    ),
    ..."pop push reduce reverse shift slice some sort splice unshift values".split(" "),
    Symbol.iterator,
  ];
  const TEXT = [
    ..."charCodeAt endsWith includes indexOf lastIndexOf match padStart repeat".split(
      " "
    ),
    ..."replace search slice split startsWith toLowerCase toUpperCase trim".split(" "),
    Symbol.iterator,
  ];
  const USED = [
    [Array, ["from", "isArray"]],
    [Array.prototype, LIST],
    [getPrototypeOf([].values()), ["next"]],
    [String.prototype, TEXT],
    [RegExp.prototype, ["exec", "test", Symbol.match, Symbol.replace, Symbol.split]],
    [Function.prototype, ["apply", "call"]],
    [JSON, ["parse", "stringify"]],
    [Math, ["abs", "ceil", "fround", "imul", "log2", "max", "min", "sign", "trunc"]],
    [Number, ["isFinite", "isInteger", "isNaN", "parseInt"]],
    [Object, ["assign", "defineProperty", "keys"]],
  ];

  const objects = []; // these three side by side, because each call of Java looks
  const names = []; // at all of them
  const values = []; // as the script finds them
  let working = false;
  let theirs = []; // { object, name, how }: what the script has made of them

  // Before the script: what is there now is what Java goes on with.
  kit.settle = () => {
    for (const [object, used] of USED) {
      for (const name of used) {
        objects.push(object);
        names.push(name);
        values.push(object[name]);
      }
    }
  };

  function put(object, name, how) {
    if (how === undefined) deleteProperty(object, name);
    else defineProperty(object, name, { __proto__: null, ...how });
  }

  function enter() {
    for (let i = 0; i < objects.length; i += 1) {
      if (objects[i][names[i]] !== values[i]) restore(objects[i], names[i], values[i]);
    }
    working = true;
  }

  function restore(object, name, value) {
    const how = getOwnPropertyDescriptor(object, name);
    if (how && !how.configurable && !how.writable) {
      throw new InternalError(`${String(name)} was changed for good; Java needs it.`);
    }
    theirs[theirs.length] = { object, name, how };
    put(object, name, {
      value,
      writable: true,
      configurable: true,
      enumerable: false,
    });
  }

  function leave() {
    working = false;
    if (theirs.length === 0) return;
    for (let i = 0; i < theirs.length; i += 1) {
      put(theirs[i].object, theirs[i].name, theirs[i].how);
    }
    theirs = [];
  }

  // The work of Java, as a function.
  kit.guarded =
    (work) =>
    (...args) => {
      if (working) return apply(work, undefined, args);
      enter();
      try {
        return apply(work, undefined, args);
      } finally {
        leave();
      }
    };

  // A function of the script that Java calls in the middle of its work.
  kit.callback = (call, args) => {
    if (!working) return apply(call, undefined, args);
    leave();
    try {
      return apply(call, undefined, args);
    } finally {
      enter();
    }
  };
});
