// @ts-check
// Java's classes and packages as a script names them, and JavaImporter.
(function javaClasses(/** @type {Kit} */ kit) {
  "use strict";

  const { InternalError, Map, Object, Proxy, Reflect, String, Symbol, WeakMap } =
    globalThis;
  const { freeze, guarded, isA, keys, noMember, noMethod, refuses, toJava, toScript } =
    kit;

  // ---- Classes ---------------------------------------------------------------

  const classes = { __proto__: null }; // full name -> what a script calls

  const isConstant = (entry) => !!entry && entry.constant !== undefined;

  // The members of a class are values, or methods without an object (self is null).
  function javaClass(type, construct, members = {}) {
    const statics = { __proto__: null, ...members };
    for (const name of keys(statics)) {
      const entry = statics[name];
      if (!entry || !entry.body) continue;
      statics[name] = freeze(
        guarded((...args) => {
          const count = args.length;
          if (count < entry.least || count > entry.most || refuses(entry.typed, args)) {
            throw noMethod(type, name, args);
          }
          return entry.returns(entry.body(null, ...args.map(toJava)));
        })
      );
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
    const target = Object.assign(function javaClass() {}, { type });
    classes[type.name] = new Proxy(target, freeze(traps));
  }

  // ---- Packages --------------------------------------------------------------

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
    const made = new Proxy(
      { __proto__: null },
      freeze({
        get,
        set: ignore,
        has: ignore,
        defineProperty: ignore,
        ownKeys: () => [],
        setPrototypeOf: () => false,
      })
    );
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
      has: (target, name) =>
        classNamed(name) !== undefined || Reflect.has(target, name),
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

  Object.assign(kit, { classes, javaClass, roots });
});
