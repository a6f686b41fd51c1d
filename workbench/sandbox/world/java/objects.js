// @ts-check
// Java's objects as a script sees them: proxies that know the methods of a type.
(function javaObjects(/** @type {Kit} */ kit) {
  "use strict";

  const { InternalError, Math, Number, Object, String, Symbol } = globalThis;
  const { dataOf, freeze, gives, guarded, hash, isA, keys, plain, same, selfOf } = kit;
  const { show, toJava, toScript, type, unboxed, Whole } = kit;

  // ---- Errors as Rhino words them --------------------------------------------

  const kindOf = (value) => {
    const self = selfOf(value);
    if (self) return self.type.name;
    if (value === undefined) return "org.mozilla.javascript.Undefined";
    return value === null ? "null" : typeof value;
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

  // ---- Objects ---------------------------------------------------------------

  const refuses = (typed, args) =>
    typed === true && args.some((each) => each === undefined);
  const invoke = guarded((owner, name, receiver, args) => {
    const { least, most, body, returns, typed } = owner.methods[name];
    if (!isA(receiver, owner)) {
      throw new InternalError(
        `Java method "${name}" cannot be invoked on this object.`
      );
    }
    if (args.length < least || args.length > most || refuses(typed, args)) {
      throw noMethod(owner, name, args);
    }
    const value = returns(body(selfOf(receiver), ...args.map(toJava)));
    return owner.wrapped ? kit.wrapped(value) : value;
  });

  function functionOf(type, name) {
    if (!type.functions.has(name)) {
      const call = function (...args) {
        return invoke(type, name, this, args);
      };
      if (Object.getOwnPropertyDescriptor(call, "name")?.configurable) {
        Object.defineProperty(call, "name", { __proto__: null, value: name });
      }
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
    const give = (value) => (type.wrapped ? kit.wrapped(value) : toScript(value));
    // A map of AM's gives its keys as properties, before its methods, as Rhino does.
    const keyed = (self, name) =>
      type.keyed && typeof name === "string" ? self.state.find(name) : undefined;
    const get = (self, name) => {
      if (typeof name === "symbol") return symbolOf(self, name);
      const entry = keyed(self, name);
      if (entry) return give(entry.value);
      if (type.items && name === "length") return items(self).length;
      if (type.items && isIndex(name)) {
        return name in items(self) ? give(items(self)[name]) : undefined;
      }
      if (name in type.methods) return functionOf(type, name);
      const getter = beanGetter(type, name);
      if (getter) return invoke(type, getter, self.it, []);
      if (name === "toJSON") return () => unboxed(dataOf(self));
      if (type.prototype && name in type.prototype) return type.prototype[name];
      if (isIndex(name) && !type.keyed) throw noMember(type, name);
      return undefined;
    };
    // The usual case, which needs no built-in method.
    const found = (self, name) =>
      typeof name === "string" && !type.keyed && name in type.methods
        ? functionOf(type, name)
        : undefined;
    const lookedUp = guarded(get);
    const set = (self, name, value) => {
      if (type.keyed && typeof name === "string") {
        invoke(type, "put", self.it, [name, value]);
        return true;
      }
      if (!type.put || !(name === "length" || isIndex(String(name)))) {
        throw noMember(type, String(name));
      }
      type.put(self.state, name, toJava(value));
      return true;
    };
    const has = (self, name) =>
      name in type.methods ||
      !!keyed(self, name) ||
      (!!type.items && String(name) in items(self));
    const ownKeys = (self) => {
      if (type.keyed) return self.state.list().map(({ key }) => show(key));
      return type.items ? keys(items(self)) : keys(type.methods);
    };
    const getOwnPropertyDescriptor = (self, name) => {
      const known = type.keyed ? keyed(self, name) : has(self, name);
      if (typeof name === "symbol" || !known) return undefined;
      const value = get(self, name);
      return { value, writable: true, enumerable: true, configurable: true };
    };
    const never = () => false;
    const deleteProperty = (self, name) => {
      if (keyed(self, name)) invoke(type, "remove", self.it, [name]);
      return true;
    };
    return freeze({
      __proto__: null,
      get: (self, name) => found(self, name) || lookedUp(self, name),
      set: guarded(set),
      has: guarded(has),
      ownKeys: guarded(ownKeys),
      getOwnPropertyDescriptor: guarded(getOwnPropertyDescriptor),
      defineProperty: never,
      deleteProperty: guarded(deleteProperty),
      getPrototypeOf: () => type.prototype || null,
      setPrototypeOf: never,
      preventExtensions: never,
    });
  }

  kit.trapsOf = trapsOf;
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

  type(
    "java.lang.Throwable",
    root,
    {
      getMessage: gives(0, 0, ({ state }) => state.text),
      getLocalizedMessage: gives(0, 0, ({ state }) => state.text),
    },
    { show: (state) => `${state.className}: ${state.text}` }
  );

  Object.assign(kit, { noMember, noMethod, refuses, root, toInt });
});
