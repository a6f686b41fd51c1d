// @ts-check
// Next-generation bindings (evaluator version 2.0): plain JavaScript values, and
// Java's maps and collections behind AM's wrappers (java/wrapped.js).
// PingAM 8.1 "May act scripting API", "Script bindings", "Next-generation scripts".
(function next(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, String, SyntaxError, TypeError, eval: evaluate } = globalThis;
  const { asOwn, asView, claimOf, copy, format, freeze, hasOwn, keys, log, stamp } =
    kit;
  const { isArray } = Array;

  // The classes that next-generation scripts were seen to reach (4.7): the list is
  // fixed, and a mutable Map is not on it.
  const reached = freeze([
    ...[
      "ArrayList",
      "Collections",
      "HashSet",
      "LinkedHashSet",
      "LinkedList",
      "TreeSet",
    ].map((name) => `java.util.${name}`),
    ...["Boolean", "Byte", "Double", "Integer", "Long", "Short", "String"].map(
      (name) => `java.lang.${name}`
    ),
  ]);
  kit.allowed = (name) => reached.includes(name) && name in kit.classes;

  // ---- Script-specific bindings (4.2, 4.3) ----------------------------------

  function requireMap(name, value) {
    const plain = kit.selfOf(value) ? kit.toData(value) : value;
    if (plain === null || typeof plain !== "object" || isArray(plain)) {
      const given =
        plain === null ? "null" : isArray(plain) ? "an array" : typeof plain;
      throw new TypeError(`token.${name} takes a plain object; it was given ${given}.`);
    }
    return plain;
  }

  const tokenOf = (token) =>
    freeze({
      setMayAct: (value) => stamp("mayAct", requireMap("setMayAct", value)),
      getMayAct: () => asOwn(claimOf(token, "may_act")),
      setAct: (value) => stamp("act", requireMap("setAct", value)),
      getAct: () => asOwn(claimOf(token, "act")),
      getField: (name) => asOwn(claimOf(token, name)),
    });

  const loggerOf = (name) => {
    const logger = { getName: () => name };
    for (const level of ["trace", "debug", "info", "warn", "error"]) {
      const named = level[0].toUpperCase() + level.slice(1);
      logger[level] = (message, ...args) => log(level, format(message, args));
      logger[`is${named}Enabled`] = () => true;
    }
    return freeze(logger);
  };

  // A list of texts, from an array or a Java collection.
  const textsOf = (values) =>
    copy(isArray(values) ? values : kit.toData(values)).map(String);

  function identityOf(user) {
    if (!user) return null;
    const { name, universalId, attributes = {}, exists = true } = user;
    const nameOf = (attribute) => kit.attributeIn(attributes, String(attribute));
    const valuesOf = (attribute) => {
      const name = nameOf(attribute);
      return hasOwn(attributes, name) ? copy(attributes[name]) : [];
    };
    const identity = {
      getName: () => name,
      getUniversalId: () => universalId,
      exists: () => exists,
      getAttributeValues: (attribute) => asOwn(valuesOf(attribute)),
      setAttribute: (attribute, values) => {
        if (!isArray(values) && !kit.selfOf(values)) {
          throw new TypeError("identity.setAttribute takes a list of values.");
        }
        attributes[nameOf(attribute)] = textsOf(values);
      },
      addAttribute: (attribute, value) => {
        attributes[nameOf(attribute)] = valuesOf(attribute).concat([String(value)]);
      },
      store: () => kit.keepAttributes(attributes),
    };
    return user.empty ? kit.withoutIdentity(identity) : freeze(identity);
  }

  function sessionOf(properties) {
    if (!properties) return null;
    return freeze({
      getProperty: (name) => (hasOwn(properties, name) ? properties[name] : null),
      setProperty: (name, value) =>
        kit.setProperty(properties, String(name), String(value)),
    });
  }

  // ---- Library scripts ------------------------------------------------------

  // CommonJS: a library has exports, and sees the common bindings only. It runs
  // below the author's last line, so an error in it is told of the line that asked.
  function requireOf({ libraries, refused }, common, hidden) {
    const loaded = { __proto__: null };
    const require = (name) => {
      if (hasOwn(loaded, name)) return loaded[name].exports;
      if (hasOwn(refused, name)) throw new SyntaxError(`${name}: ${refused[name]}`);
      if (!hasOwn(libraries, name)) {
        const known = keys(libraries).join(", ") || "none";
        throw new Error(
          `There is no library script "${name}". Known: ${known}. ` +
            "wb.realm.add_library_script(name, source) adds one."
        );
      }
      const module = { exports: {} };
      loaded[name] = module;
      const names = ["exports", "module", "require", ...keys(common), ...hidden];
      const head = `(function (${names.join(", ")}) {`;
      const make = evaluate(`${kit.below}${head}${libraries[name]}\n})`);
      make.call(
        module.exports,
        module.exports,
        module,
        require,
        ...keys(common).map((each) => common[each])
      );
      return module.exports;
    };
    return freeze(require);
  }

  const OUTSIDE = freeze([
    "token",
    "identity",
    "requestProperties",
    "clientProperties",
    "scopes",
    "session",
  ]);

  return (request) => {
    const common = freeze({
      ...kit.services(request.surroundings),
      realm: request.realm,
      scriptName: request.scriptName,
      cookieName: "iPlanetDirectoryPro",
      logger: loggerOf(request.loggerName),
    });
    const own = {
      token: tokenOf(request.token),
      identity: identityOf(request.identity),
      requestProperties: asView(request.requestProperties),
      scopes: asView(request.scopes),
      session: sessionOf(request.session),
    };
    // Present only where AM identified the client (4.2).
    if (request.clientProperties)
      own.clientProperties = asView(request.clientProperties);
    const require = requireOf(request.surroundings, common, OUTSIDE);
    return { ...common, ...own, require, ...kit.roots() };
  };
});
