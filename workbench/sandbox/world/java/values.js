// @ts-check
// Java as a script sees it through Rhino 1.7.14: objects, classes, packages.
// Judged by experiment with the real Rhino, language version 0.
//
// Inside a Java object values are kept as Java has them: a JavaScript string stands
// for a java.lang.String, a number for a Double, a boolean for a Boolean, and a
// Whole for the other numbers. What a method returns as an object reaches the
// script boxed: typeof is "object", == converts, === is false, every box is true.
// Two boxes of one value are the same object here (in Rhino == says so, too).
(function javaValues(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, ArrayBuffer, DataView, Error, InternalError, Map, Math } = globalThis;
  const { Number, Object, Proxy, String, WeakMap } = globalThis;
  const { callback, freeze, guarded } = kit;

  // ---- Types -----------------------------------------------------------------

  // A type: its full name, its parent, and methods by name. A method takes what the
  // object holds (self.state) and Java values; self.it is the object itself.
  const types = { __proto__: null };

  function type(name, parent, methods, behaviour) {
    const show = () => `${name}@1`; // an address, as java.lang.Object has it
    const made = { __proto__: null, show, data: show, ...parent, ...behaviour };
    Object.assign(made, { name, parent });
    made.methods = { __proto__: parent ? parent.methods : null, ...methods };
    made.functions = new Map();
    made.traps = kit.trapsOf(made);
    types[name] = made;
    return made;
  }

  // How many arguments a method takes, and what Rhino makes of what it returns.
  const method = (returns) => (least, most, body) => ({ returns, least, most, body });
  const gives = method((value) => toScript(value)); // an object: boxed
  const plain = method((value) => value); // an int or a boolean: as it is
  const does = method(() => undefined); // void
  // Takes neither an Object nor a String, so no undefined either.
  const typed = (how) => ({ ...how, typed: true });
  const constant = (value) => freeze({ __proto__: null, constant: value }); // an int

  class Whole {
    constructor(kind, value) {
      this.kind = kind;
      this.value = value;
      freeze(this);
    }
    toJSON() {
      return this.value;
    }
  }
  const integer = (value) => new Whole("Integer", value);

  // ---- From the script to Java and back --------------------------------------

  const inner = new WeakMap(); // Java object -> { type, state, it }
  const boxes = new Map();

  const selfOf = (value) =>
    typeof value === "object" && value !== null
      ? (inner.get(value) ?? kit.foreign?.(value))
      : undefined;

  function isA(value, wanted) {
    const self = selfOf(value);
    for (let type = self && self.type; type; type = type.parent) {
      if (type === wanted) return true;
    }
    return false;
  }

  const stateOf = (value) => selfOf(value).state;

  function make(type, state) {
    const self = { __proto__: null, type, state, it: undefined };
    self.it = new Proxy(self, type.traps);
    inner.set(self.it, self);
    return self.it;
  }

  function toScript(value) {
    const kind =
      typeof value === "string"
        ? "String"
        : typeof value === "number"
          ? "Double"
          : typeof value === "boolean"
            ? "Boolean"
            : value instanceof Whole
              ? value.kind
              : undefined;
    if (kind === undefined) return value;
    if (kit.boxed && value !== undefined) return kit.boxed(kind, value);
    const key = `${kind} ${value instanceof Whole ? value.value : value}`;
    if (!boxes.has(key)) boxes.set(key, make(types[`java.lang.${kind}`], value));
    return boxes.get(key);
  }

  // Rhino makes a text of undefined where Java takes an Object or a String (measured);
  // in a JavaScript array or object that counts as a collection it is null (measured).
  function toJava(value) {
    if (value === undefined) return "undefined";
    const self = selfOf(value);
    return self && self.type.box ? self.state : value;
  }
  const member = (value) => (value === undefined ? null : toJava(value));

  // A JavaScript function where Java wants a lambda; it is given no boxes.
  function lambda(value, returned = toJava) {
    if (typeof value !== "function") {
      throw new InternalError(
        `Cannot convert ${show(value)} to a functional interface.`
      );
    }
    return (...values) => returned(callback(value, values.map(unboxed)));
  }
  const unboxed = (value) => (value instanceof Whole ? value.value : value);

  // ---- What every value can do -----------------------------------------------

  function javaError(className, message) {
    const text = message === undefined ? "null" : message;
    const error = new Error(`${className}: ${text}`);
    error.name = "JavaException";
    if (kit.legacy) {
      error.javaException = make(types["java.lang.Throwable"], { className, text });
    }
    return error;
  }

  const notSupported = () => {
    throw javaError("java.lang.UnsupportedOperationException");
  };

  // A double as Java writes it: 1.0, 1.5, 1.0E21.
  function showDouble(number) {
    const size = Math.abs(number);
    if (!Number.isFinite(number)) return String(number);
    if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
      const [digits, power] = number.toExponential().split("e");
      return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(power)}`;
    }
    return Number.isInteger(number) ? `${number}.0` : String(number);
  }

  function show(value) {
    if (typeof value === "number") return showDouble(value);
    if (value instanceof Whole) return String(value.value);
    const self = selfOf(value);
    if (self) return self.type.show(self.state);
    if (Array.isArray(value)) return "org.mozilla.javascript.NativeArray@1";
    return String(value);
  }

  function same(one, other) {
    if (one instanceof Whole || other instanceof Whole) {
      return !!one && !!other && one.kind === other.kind && one.value === other.value;
    }
    const self = selfOf(one);
    return (
      one === other || !!(self && self.type.equals && self.type.equals(self, other))
    );
  }

  const numbers = new DataView(new ArrayBuffer(8));

  function hash(value) {
    if (typeof value === "string") {
      let sum = 0;
      for (let i = 0; i < value.length; i += 1) {
        sum = (Math.imul(sum, 31) + value.charCodeAt(i)) | 0;
      }
      return sum;
    }
    if (typeof value === "number") {
      numbers.setFloat64(0, value);
      return numbers.getInt32(0) ^ numbers.getInt32(4);
    }
    if (typeof value === "boolean") return value ? 1231 : 1237;
    if (value instanceof Whole) return value.value | 0;
    const self = selfOf(value);
    return self && self.type.hash ? self.type.hash(self.state) | 0 : 0;
  }

  function compare(one, other) {
    const [a, b] = [one, other].map((v) => (v instanceof Whole ? v.value : v));
    if (typeof a !== typeof b || !["string", "number", "boolean"].includes(typeof a)) {
      throw javaError("java.lang.ClassCastException", "the values cannot be compared");
    }
    return a < b ? -1 : a > b ? 1 : 0;
  }

  // What a value is as JSON: for claims, and for JSON.stringify.
  function toData(value) {
    if (value instanceof Whole) return value;
    const self = selfOf(value);
    return self ? dataOf(self) : value;
  }
  const dataOf = guarded((self) => self.type.data(self.state));

  kit.isWhole = (value) => value instanceof Whole;
  Object.assign(kit, {
    Whole,
    compare,
    constant,
    dataOf,
    does,
    gives,
    hash,
    integer,
    isA,
    javaError,
    lambda,
    make,
    member,
    notSupported,
    plain,
    same,
    selfOf,
    show,
    stateOf,
    toData,
    toJava,
    toScript,
    type,
    typed,
    types,
    unboxed,
  });
});
