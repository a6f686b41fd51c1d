// Legacy bindings (evaluator version 1.0): Java as a script sees it through Rhino.
//
// Only the classes listed below exist. AM has an allow list in the same way, and
// a class outside of it "is not a function" (section 4.7 of the behaviour notes).
(function legacy(kit, java) {
  "use strict";

  const { Array, JSON, Math, Proxy, String, TypeError } = globalThis;
  const { asView, claimOf, freeze, hasOwn, keys, log, stamp } = kit;
  const { ArrayList, HashMap, HashSet, LinkedHashMap } = java;
  const { entry, iteratorOver, javaError, mapOf, show, valuesOf } = java;

  // ---- org.forgerock.json.JsonValue ---------------------------------------

  // Rhino hands a JavaScript object to Java as a map and an array as a list.
  function toJava(value) {
    if (value === undefined || value === null) return null;
    if (typeof value === "function") {
      throw new TypeError("A function cannot be put into a JsonValue.");
    }
    if (value instanceof JsonValue) return value.getObject();
    if (typeof value !== "object" || isJava(value)) return value;
    if (Array.isArray(value)) return new ArrayList(Array.from(value, toJava));
    const map = new LinkedHashMap();
    keys(value).forEach((key) => map.put(key, toJava(value[key])));
    return map;
  }

  const isJava = (value) =>
    value instanceof ArrayList || value instanceof HashSet || value instanceof HashMap;

  class JsonValue {
    #object;
    constructor(object) {
      this.#object = toJava(object);
    }
    static is(value) {
      return typeof value === "object" && value !== null && #object in value;
    }
    static json(object) {
      return JsonValue.is(object) ? object : new JsonValue(object);
    }
    static object(...fields) {
      return mapOf(fields.filter((field) => field !== null));
    }
    static array(...values) {
      return new ArrayList(values.map(toJava));
    }
    static field(key, value) {
      return entry(key, toJava(value));
    }
    static fieldIfNotNull(key, value) {
      return value === null || value === undefined ? null : JsonValue.field(key, value);
    }
    #expect(holds, what) {
      if (!holds) {
        throw javaError("org.forgerock.json.JsonValueException", `Expecting ${what}`);
      }
    }
    #as(holds, what) {
      this.#expect(this.isNull() || holds, what);
      return this.#object;
    }
    put(key, value) {
      this.#expect(this.isMap() || this.isList(), "a Map or a List");
      if (this.isMap()) this.#object.put(key, toJava(value));
      else if (key < this.size()) this.#object.set(key, toJava(value));
      else this.#object.add(toJava(value));
      return this;
    }
    add(...args) {
      if (args.length === 1) {
        this.#expect(this.isList(), "a List");
        this.#object.add(toJava(args[0]));
        return this;
      }
      this.#expect(!this.isDefined(args[0]), `no ${args[0]} yet`);
      return this.put(args[0], args[1]);
    }
    get(key) {
      return new JsonValue(this.isDefined(key) ? this.#object.get(key) : null);
    }
    isDefined(key) {
      if (this.isMap()) return this.#object.containsKey(key);
      return this.isList() && key >= 0 && key < this.#object.size();
    }
    remove(key) {
      if (this.isDefined(key)) this.#object.remove(key);
    }
    clear() {
      if (this.isMap() || this.isList()) this.#object.clear();
    }
    isNull() {
      return this.#object === null;
    }
    isNotNull() {
      return !this.isNull();
    }
    isMap() {
      return this.#object instanceof HashMap;
    }
    isList() {
      return this.#object instanceof ArrayList;
    }
    isCollection() {
      return this.isList() || this.#object instanceof HashSet;
    }
    isString() {
      return typeof this.#object === "string";
    }
    isNumber() {
      return typeof this.#object === "number";
    }
    isBoolean() {
      return typeof this.#object === "boolean";
    }
    asString() {
      return this.#as(this.isString(), "a java.lang.String");
    }
    asBoolean() {
      return this.#as(this.isBoolean(), "a java.lang.Boolean");
    }
    asInteger() {
      const number = this.#as(this.isNumber(), "a java.lang.Number");
      return number === null ? null : Math.trunc(number);
    }
    asLong() {
      return this.asInteger();
    }
    asDouble() {
      return this.#as(this.isNumber(), "a java.lang.Number");
    }
    asMap() {
      return this.#as(this.isMap(), "a java.util.Map");
    }
    asList() {
      return this.#as(this.isList(), "a java.util.List");
    }
    getObject() {
      return this.#object;
    }
    defaultTo(value) {
      return this.isNull() ? new JsonValue(value) : this;
    }
    required() {
      this.#expect(this.isNotNull(), "a value");
      return this;
    }
    size() {
      return this.isMap() || this.isCollection() ? this.#object.size() : 0;
    }
    keys() {
      if (this.isMap()) return this.#object.keySet();
      return new HashSet(this.isList() ? keys(this.#object) : []);
    }
    contains(value) {
      if (this.isMap()) return this.#object.containsValue(value);
      return this.isCollection() && this.#object.contains(value);
    }
    iterator() {
      const values = this.isMap() ? this.#object.values() : valuesOf(this.#object);
      return iteratorOver(values.map((value) => new JsonValue(value)));
    }
    copy() {
      return new JsonValue(kit.copy(this));
    }
    clone() {
      return this.copy();
    }
    toString() {
      if (this.isMap()) {
        const member = ({ getKey, getValue }) =>
          `${JSON.stringify(String(getKey()))}: ${new JsonValue(getValue())}`;
        const members = this.#object.entrySet().toArray().map(member);
        return members.length ? `{ ${members.join(", ")} }` : "{  }";
      }
      if (this.isCollection()) {
        return `[ ${valuesOf(this.#object).map((v) => new JsonValue(v)).join(", ")} ]`;
      }
      return JSON.stringify(this.#object);
    }
  }

  // What a Java object is in a claim; the kit writes arrays and plain objects.
  kit.plain = (value) => {
    const object = JsonValue.is(value) ? value.getObject() : value;
    if (object instanceof HashSet) return object.toArray();
    if (!(object instanceof HashMap)) return object;
    const members = { __proto__: null };
    object.forEach((key, member) => {
      members[key] = member;
    });
    return members;
  };
  kit.list = (values) => new ArrayList(values);
  kit.set = (values) => new HashSet(values);

  // ---- Packages -----------------------------------------------------------

  const classes = {
    __proto__: null,
    "org.forgerock.json.JsonValue": JsonValue,
    "java.util.ArrayList": ArrayList,
    "java.util.HashMap": HashMap,
    "java.util.LinkedHashMap": LinkedHashMap,
    "java.util.HashSet": HashSet,
    "java.util.LinkedHashSet": java.LinkedHashSet,
    "java.util.Arrays": java.Arrays,
    "java.util.Collections": java.Collections,
    "java.lang.String": java.JavaString,
    "java.lang.Integer": java.Integer,
    "java.lang.Long": java.Integer,
    "java.lang.Boolean": java.JavaBoolean,
  };
  const packagePaths = new WeakMap(); // package object -> its dotted path
  for (const name of keys(classes)) {
    freeze(classes[name]);
    if (classes[name].prototype) freeze(classes[name].prototype);
  }

  // Whatever is not a listed class looks like a package, as it does in Rhino.
  function packageAt(path) {
    const refuse = () => {
      throw new TypeError(
        `${path} is not a function: it is not among the Java classes that this ` +
          "workbench has. AM allows more, but by no means all."
      );
    };
    const get = (target, name) => {
      if (typeof name === "symbol") return undefined;
      if (name === "toString" || name === "valueOf") return () => `[JavaPackage ${path}]`;
      const inner = path ? `${path}.${name}` : name;
      return classes[inner] || packageAt(inner);
    };
    const has = (target, name) => `${path}.${String(name)}` in classes;
    const set = () => false;
    const call = { apply: refuse, construct: refuse };
    const traps = { get, has, set, defineProperty: set, ...call };
    const packageObject = new Proxy(function javaPackage() {}, traps);
    packagePaths.set(packageObject, path);
    return packageObject;
  }

  // The imported names as properties, for imported.JsonValue and with (imported).
  function JavaImporter(...imports) {
    const imported = { __proto__: null };
    for (const one of imports) {
      const path = packagePaths.get(one);
      if (path === undefined && !keys(classes).some((full) => classes[full] === one)) {
        throw new TypeError(`JavaImporter takes classes and packages, not ${show(one)}.`);
      }
      for (const full of keys(classes)) {
        const at = full.lastIndexOf(".");
        if (classes[full] === one || full.slice(0, at) === path) {
          imported[full.slice(at + 1)] = classes[full];
        }
      }
    }
    return imported;
  }

  // ---- Bindings -----------------------------------------------------------

  function kindOf(value) {
    if (JsonValue.is(value)) return "one that holds no Map";
    if (isJava(value)) return "a collection";
    if (typeof value === "object" && value !== null) return "a plain JavaScript object";
    return show(value);
  }

  // A plain object is what a next-generation script gives; AM answers 500 (4.1).
  function requireJsonValue(method, value) {
    if (JsonValue.is(value) && value.isMap()) return value;
    throw new TypeError(
      `token.${method} takes an org.forgerock.json.JsonValue in a legacy script; ` +
        `it was given ${kindOf(value)}.`
    );
  }

  function tokenOf(claims) {
    const jsonClaim = (name) => {
      const claim = claimOf(claims, name);
      return claim === null ? null : new JsonValue(claim);
    };
    const token = {
      setMayAct: (value) => stamp("mayAct", requireJsonValue("setMayAct", value)),
      getMayAct: () => jsonClaim("may_act"),
      setAct: (value) => stamp("act", requireJsonValue("setAct", value)),
      getAct: () => jsonClaim("act"),
      getField: (name) => toJava(claimOf(claims, name)),
      // Seen by getField for the rest of the run; may_act and act are stamped.
      setField: (name, value) => {
        if (name === "may_act") token.setMayAct(JsonValue.json(value));
        else if (name === "act") token.setAct(JsonValue.json(value));
        else claims[name] = kit.copy(value);
      },
    };
    return freeze(token);
  }

  function identityOf(user) {
    const { name, universalId, attributes = {} } = user || {};
    const valuesIn = (attribute) =>
      new HashSet(hasOwn(attributes, attribute) ? attributes[attribute] : []);
    const identity = {
      getName: () => name,
      getUniversalId: () => universalId,
      isExists: () => true,
      getAttribute: valuesIn,
      getAttributes: (names) => {
        const wanted = names === undefined ? keys(attributes) : valuesOf(names);
        return mapOf(wanted.map((attribute) => entry(attribute, valuesIn(attribute))));
      },
      setAttribute: (attribute, values) => {
        attributes[attribute] = valuesOf(values);
      },
      addAttribute: (attribute, value) => {
        attributes[attribute] = valuesIn(attribute).toArray().concat([value]);
      },
      store: () => undefined,
    };
    return user ? freeze(identity) : kit.withoutUser(identity);
  }

  const logger = freeze({
    message: (text) => log("message", String(text)),
    warning: (text) => log("warning", String(text)),
    error: (text) => log("error", String(text)),
    messageEnabled: () => true,
    warningEnabled: () => true,
    errorEnabled: () => true,
  });

  return (request) => ({
    token: tokenOf(request.token),
    identity: identityOf(request.identity),
    requestProperties: asView(request.requestProperties),
    scopes: new HashSet(request.scopes),
    logger,
    JavaImporter,
    Packages: packageAt(""),
    org: packageAt("org"),
    java: packageAt("java"),
    javax: packageAt("javax"),
    com: packageAt("com"),
  });
})
