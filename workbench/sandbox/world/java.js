// Java as a script sees it through Rhino 1.7.14: objects, classes, packages.
// Judged by experiment with the real Rhino, language version 0.
//
// Inside a Java object values are kept as Java has them: a JavaScript string stands
// for a java.lang.String, a number for a Double, a boolean for a Boolean, and a
// Whole for the other numbers. What a method returns as an object reaches the
// script boxed: typeof is "object", == converts, === is false, every box is true.
// Two boxes of one value are the same object here (in Rhino == says so, too).
(function java(kit) {
  "use strict";

  const { Array, Error, InternalError, Map, Object, Proxy, Reflect } = globalThis;
  const { String, Symbol, WeakMap } = globalThis;
  const { callback, freeze, guarded, keys } = kit;

  // ---- Types ----------------------------------------------------------------

  // A type: its full name, its parent, and methods by name. A method takes what the
  // object holds (self.state) and Java values; self.it is the object itself.
  const types = { __proto__: null };

  function type(name, parent, methods, behaviour) {
    const show = () => `${name}@1`; // an address, as java.lang.Object has it
    const made = { __proto__: null, show, data: show, ...parent, ...behaviour };
    Object.assign(made, { name, parent });
    made.methods = { __proto__: parent ? parent.methods : null, ...methods };
    made.functions = new Map();
    made.traps = trapsOf(made);
    types[name] = made;
    return made;
  }

  // How many arguments a method takes, and what Rhino makes of what it returns.
  const method = (returns) => (least, most, body) => ({ returns, least, most, body });
  const gives = method((value) => toScript(value)); // an object: boxed
  const plain = method((value) => value); // an int or a boolean: as it is
  const does = method(() => undefined); // void
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

  // ---- From the script to Java and back -------------------------------------

  const inner = new WeakMap(); // Java object -> { type, state, it }
  const boxes = new Map();

  const selfOf = (value) =>
    typeof value === "object" && value !== null ? inner.get(value) : undefined;

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
      typeof value === "string" ? "String"
      : typeof value === "number" ? "Double"
      : typeof value === "boolean" ? "Boolean"
      : value === undefined ? "Undefined"
      : value instanceof Whole ? value.kind
      : undefined;
    if (kind === undefined) return value;
    const key = `${kind} ${value instanceof Whole ? value.value : value}`;
    const type = kind === "Undefined" ? undefinedType : types[`java.lang.${kind}`];
    if (!boxes.has(key)) boxes.set(key, make(type, value));
    return boxes.get(key);
  }

  function toJava(value) {
    const self = selfOf(value);
    return self && self.type.box ? self.state : value;
  }

  // A JavaScript function where Java wants a lambda; it is given no boxes.
  function lambda(value) {
    if (typeof value !== "function") {
      throw new InternalError(`Cannot convert ${show(value)} to a functional interface.`);
    }
    return (...values) => toJava(callback(value, values.map(unboxed)));
  }
  const unboxed = (value) => (value instanceof Whole ? value.value : value);

  // ---- What every value can do ----------------------------------------------

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
    return one === other || !!(self && self.type.equals && self.type.equals(self, other));
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

  // ---- Errors as Rhino words them -------------------------------------------

  const kindOf = (value) => {
    const self = selfOf(value);
    return self ? self.type.name : value === null ? "null" : typeof value;
  };

  const noMethod = (type, name, args) =>
    new InternalError(
      `Can't find method ${type.name}.${name}(${args.map(kindOf).join(",")}).`
    );

  const noMember = (type, name) =>
    new InternalError(
      `Java class "${type.name}" has no public instance field or method named "${name}".`
    );

  function toInt(value) {
    const number = value instanceof Whole ? value.value : Number(value);
    if (value === null || Number.isNaN(number)) {
      throw new InternalError(`Cannot convert ${show(value)} to java.lang.Integer`);
    }
    return Math.trunc(number);
  }

  // ---- Objects --------------------------------------------------------------

  const invoke = guarded((owner, name, receiver, args) => {
    const { least, most, body, returns } = owner.methods[name];
    if (!isA(receiver, owner)) {
      throw new InternalError(`Java method "${name}" cannot be invoked on this object.`);
    }
    if (args.length < least || args.length > most) throw noMethod(owner, name, args);
    return returns(body(selfOf(receiver), ...args.map(toJava)));
  });

  function functionOf(type, name) {
    if (!type.functions.has(name)) {
      const call = function (...args) {
        return invoke(type, name, this, args);
      };
      Object.defineProperty(call, "name", { __proto__: null, value: name });
      type.functions.set(name, freeze(call));
    }
    return type.functions.get(name);
  }

  // entry.key is entry.getKey(), list.empty is list.isEmpty().
  function beanGetter(type, name) {
    const tail = name.slice(0, 1).toUpperCase() + name.slice(1);
    return [`get${tail}`, `is${tail}`].find(
      (getter) => getter in type.methods && type.methods[getter].least === 0
    );
  }

  const primitive = guarded(({ type, state }, hint) => {
    if (!type.box || hint === "string") return type.show(state);
    return state instanceof Whole ? state.value : state;
  });

  const isIndex = (name) => /^(0|[1-9]\d*)$/.test(name);

  function symbolOf(self, name) {
    if (name === Symbol.toPrimitive) return (hint) => primitive(self, hint);
    if (name === Symbol.isConcatSpreadable) return !!self.type.items;
    if (name === Symbol.toStringTag) return "JavaObject";
    return undefined;
  }

  function trapsOf(type) {
    const items = (self) => type.items && type.items(self.state);
    const get = (self, name) => {
      if (typeof name === "symbol") return symbolOf(self, name);
      if (type.items && name === "length") return items(self).length;
      if (type.items && isIndex(name)) {
        return name in items(self) ? toScript(items(self)[name]) : undefined;
      }
      if (name in type.methods) return functionOf(type, name);
      const getter = beanGetter(type, name);
      if (getter) return invoke(type, getter, self.it, []);
      if (name === "toJSON") return () => unboxed(dataOf(self));
      if (type.prototype && name in type.prototype) return type.prototype[name];
      if (isIndex(name)) throw noMember(type, name);
      return undefined;
    };
    // The usual case, which needs no built-in method.
    const found = (self, name) =>
      typeof name === "string" && name in type.methods
        ? functionOf(type, name)
        : undefined;
    const lookedUp = guarded(get);
    const set = (self, name, value) => {
      if (!type.put || !(name === "length" || isIndex(String(name)))) {
        throw noMember(type, String(name));
      }
      type.put(self.state, name, toJava(value));
      return true;
    };
    const has = (self, name) =>
      name in type.methods || (!!type.items && String(name) in items(self));
    const ownKeys = (self) => (type.items ? keys(items(self)) : keys(type.methods));
    const getOwnPropertyDescriptor = (self, name) => {
      if (typeof name === "symbol" || !has(self, name)) return undefined;
      const value = get(self, name);
      return { value, writable: true, enumerable: true, configurable: true };
    };
    const never = () => false;
    return freeze({
      __proto__: null,
      get: (self, name) => found(self, name) || lookedUp(self, name),
      set: guarded(set),
      has: guarded(has),
      ownKeys: guarded(ownKeys),
      getOwnPropertyDescriptor: guarded(getOwnPropertyDescriptor),
      defineProperty: never,
      deleteProperty: () => true,
      getPrototypeOf: () => type.prototype || null,
      setPrototypeOf: never,
      preventExtensions: never,
    });
  }

  const root = type("java.lang.Object", null, {
    equals: plain(1, 1, (self, other) => same(boxed(self), other)),
    hashCode: plain(0, 0, (self) => hash(boxed(self))),
    toString: gives(0, 0, (self) => self.type.show(self.state)),
    getClass: gives(0, 0, () => {
      throw new InternalError('Access to Java class "java.lang.Class" is prohibited.');
    }),
  });
  delete root.show; // each type has its own
  delete root.data;
  const boxed = (self) => (self.type.box ? self.state : self.it);

  // Rhino's own undefined, once Java has held it.
  const undefinedType = type("org.mozilla.javascript.Undefined", root, {}, {
    box: true,
    show: () => "undefined",
    data: () => "undefined",
  });

  type("java.lang.Throwable", root, {
    getMessage: gives(0, 0, ({ state }) => state.text),
    getLocalizedMessage: gives(0, 0, ({ state }) => state.text),
  }, { show: (state) => `${state.className}: ${state.text}` });

  // ---- Classes --------------------------------------------------------------

  const classes = { __proto__: null }; // full name -> what a script calls

  const isConstant = (entry) => !!entry && entry.constant !== undefined;

  // The members of a class are values, or methods without an object (self is null).
  function javaClass(type, construct, members = {}) {
    const statics = { __proto__: null, ...members };
    for (const name of keys(statics)) {
      const entry = statics[name];
      if (!entry || !entry.body) continue;
      statics[name] = freeze(guarded((...args) => {
        if (args.length < entry.least || args.length > entry.most) {
          throw noMethod(type, name, args);
        }
        return entry.returns(entry.body(null, ...args.map(toJava)));
      }));
    }
    const build = guarded((args) => {
      if (!construct) throw new InternalError(`${type.name} cannot be constructed.`);
      return construct(...args.map(toJava));
    });
    const get = (target, name) => {
      if (name === Symbol.hasInstance) return (value) => isA(value, type);
      if (name === Symbol.toPrimitive) return () => `[JavaClass ${type.name}]`;
      if (typeof name === "symbol") return undefined;
      if (name in statics) {
        const entry = statics[name];
        return isConstant(entry) ? entry.constant : toScript(entry);
      }
      if (name === "prototype") return null;
      throw noMember(type, name);
    };
    const set = (target, name) => {
      throw noMember(type, String(name));
    };
    const traps = {
      get,
      set,
      has: (target, name) => name in statics,
      apply: (target, receiver, args) => build(args),
      construct: (target, args) => build(args),
      defineProperty: () => false,
      setPrototypeOf: () => false,
      preventExtensions: () => false,
    };
    classes[type.name] = new Proxy(function javaClass() {}, freeze(traps));
  }

  // ---- Packages -------------------------------------------------------------

  const packagePaths = new WeakMap(); // package object -> its dotted path
  const packages = new Map();

  // Whatever is not a class that may be used looks like a package, as in Rhino.
  function packageAt(path) {
    if (packages.has(path)) return packages.get(path);
    const get = (target, name) => {
      if (name === Symbol.toPrimitive) return () => `[JavaPackage ${path}]`;
      if (typeof name === "symbol") return undefined;
      const full = path ? `${path}.${name}` : name;
      return kit.allowed(full) ? classes[full] : packageAt(full);
    };
    const ignore = () => true;
    const made = new Proxy({ __proto__: null }, freeze({
      get,
      set: ignore,
      has: ignore,
      defineProperty: ignore,
      ownKeys: () => [],
      setPrototypeOf: () => false,
    }));
    packages.set(path, made);
    packagePaths.set(made, path);
    return made;
  }

  // The imported names as properties, for imported.JsonValue and with (imported).
  const importing = guarded((imports) => {
    const found = { __proto__: null };
    const paths = [];
    const add = (one) => {
      const full = keys(classes).find((name) => classes[name] === one);
      if (full) found[full.slice(full.lastIndexOf(".") + 1)] = one;
      else if (packagePaths.has(one)) paths.push(packagePaths.get(one));
      else {
        throw new InternalError(`"${kit.text(one)}" is neither a class nor a package.`);
      }
    };
    const classNamed = guarded((name) => {
      if (typeof name === "symbol" || name in found) return found[name];
      const path = paths.find((each) => kit.allowed(`${each}.${name}`));
      return path === undefined ? undefined : classes[`${path}.${name}`];
    });
    imports.forEach(add);
    const own = {
      importClass: guarded((...more) => more.forEach(add)),
      importPackage: guarded((...more) => more.forEach(add)),
      toString: () => "[object JavaImporter]",
    };
    return new Proxy(own, {
      __proto__: null,
      get: (target, name) => classNamed(name) || Reflect.get(target, name),
      has: (target, name) => classNamed(name) !== undefined || Reflect.has(target, name),
    });
  });

  function JavaImporter(...imports) {
    return importing(imports);
  }

  const roots = () => ({
    JavaImporter,
    Packages: packageAt(""),
    java: packageAt("java"),
    javax: packageAt("javax"),
    org: packageAt("org"),
    com: packageAt("com"),
    edu: packageAt("edu"),
    net: packageAt("net"),
  });

  kit.isWhole = (value) => value instanceof Whole;
  Object.assign(kit, {
    Whole, classes, compare, constant, does, gives, hash, integer, isA, javaClass, javaError,
    lambda, make, notSupported, plain, root, roots, same, selfOf, show, stateOf, toData,
    toInt, toJava, toScript, type, types,
  });
})
