// @ts-check
// What both generations show of data that a script only reads: maps that cannot be
// changed, a user's attributes, and an identity without a user.
(function views(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, Object, TypeError } = globalThis;
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

  // On client_credentials the object is there, but no user is behind it (4.2).
  function withoutUser(identity) {
    for (const name of keys(identity)) {
      identity[name] = () => {
        throw new TypeError(
          `identity.${name}() was called, but no user is behind this token: ` +
            "a client or agent that authenticates as itself has no identity."
        );
      };
    }
    return freeze(identity);
  }

  Object.assign(kit, { asView, attributeIn, withoutUser });
});
