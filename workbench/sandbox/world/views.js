// @ts-check
// What both generations show of data that a script only reads: maps that cannot be
// changed, attributes, sessions, and an identity with nobody behind it.
(function views(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, InternalError, Object, TypeError } = globalThis;
  const { create, defineProperty, freeze, hasOwn, keys } = Object;
  const { isArray } = Array;
  const { isObject } = kit;
  const onThis = Function.prototype.bind.bind(Function.prototype.call);
  const lower = onThis(String.prototype.toLowerCase);

  function unmodifiable() {
    throw new TypeError("java.lang.UnsupportedOperationException: it is unmodifiable.");
  }

  // An unmodifiable Java map that gives its members as properties as well:
  // clientProperties.get("clientId") and clientProperties.clientId (4.4).
  function mapView(data) {
    const { list, set } = kit;
    const values = () => list(keys(data).map((name) => view[name]));
    const methods = {
      get: (name) => (hasOwn(data, name) ? view[name] : null),
      toString: () =>
        `{${keys(data)
          .map((name) => `${name}=${view[name]}`)
          .join(", ")}}`,
      containsKey: (name) => hasOwn(data, name),
      keySet: () => set(keys(data)),
      values,
      size: () => keys(data).length,
      isEmpty: () => keys(data).length === 0,
      getOrDefault: (name, other) => (hasOwn(data, name) ? view[name] : other),
      forEach: (visit) => {
        for (const name of keys(data)) visit(name, view[name]);
      },
      put: unmodifiable,
      remove: unmodifiable,
      clear: unmodifiable,
    };
    for (const name of keys(methods)) {
      defineProperty(methods, name, { __proto__: null, enumerable: false });
    }
    const view = create(freeze(methods));
    for (const name of keys(data)) {
      const value = asView(data[name]);
      defineProperty(view, name, { __proto__: null, value, enumerable: true });
    }
    return freeze(view);
  }

  function asView(value) {
    if (isArray(value)) return kit.list(value.map(asView));
    return isObject(value) ? mapView(value) : kit.scalar(value);
  }

  // AM minds no case in the name of an attribute (OpenAM source).
  function attributeIn(attributes, name) {
    if (hasOwn(attributes, name)) return name;
    const small = lower(name);
    for (const each of keys(attributes)) if (lower(each) === small) return each;
    return name;
  }

  // Of a scope validation script the object is there, but nobody is behind it
  // (measured on PingOne AIC, next generation).
  function withoutIdentity(identity) {
    for (const name of keys(identity)) {
      identity[name] = () => {
        throw new InternalError(
          `Cannot invoke "com.sun.identity.idm.AMIdentity.${name}()" ` +
            'because "this.amIdentity" is null'
        );
      };
    }
    return freeze(identity);
  }

  // What only AM itself can set of a session (OpenAM source): left as it is, and no
  // error; that this holds of scripts is inferred.
  const PROTECTED = freeze([
    "Host",
    "HostName",
    "AuthLevel",
    "AuthType",
    "Principal",
    "UserId",
    "UserToken",
    "Organization",
    "cookieSupport",
    "authInstant",
    "Principals",
    "loginURL",
    "FullLoginURL",
    "Role",
    "Service",
    "SessionTimedOut",
    "SessionHandle",
    "TokenRestriction",
    "AMMaxIdleTime",
    "AMMaxSessionTime",
    "AMCtxId",
    "sun.am.UniversalIdentifier",
    "amlbcookie",
  ]);

  function setProperty(properties, name, value) {
    if (PROTECTED.includes(name) || lower(name).startsWith("am.protected")) return;
    properties[name] = value;
    kit.keepProperty(name, value);
  }

  Object.assign(kit, { asView, attributeIn, setProperty, withoutIdentity });
});
