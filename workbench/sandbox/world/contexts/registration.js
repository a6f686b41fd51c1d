// @ts-check
// The world of a dynamic client registration script: PingAM 8.1 "Dynamic client
// registration scripting API". It has the common next-generation bindings; in place
// of a token, AM gives it the client that was registered, changed or deleted.
(function registration(/** @type {Kit} */ kit, next) {
  "use strict";

  const { copy, freeze, hasOwn, stamp } = kit;
  const { isArray } = Array;
  const { Number, TypeError } = globalThis;
  const { isFinite } = Number;

  function listOf(values) {
    const list = copy(isArray(values) ? values : kit.toData(values));
    return isArray(list) && !list.some((each) => typeof each !== "string")
      ? list
      : null;
  }

  // A text of a number is one to a Java primitive, as Rhino converts. That null is
  // refused, and a fraction later on, is inferred.
  function numberOf(value) {
    const number = typeof value === "string" && value.trim() ? Number(value) : value;
    return isFinite(number) ? [`${number}`] : null;
  }

  const taken = {
    list: { words: "an array of strings", of: listOf },
    number: { words: "a number", of: numberOf },
    switch: {
      words: "true or false",
      of: (value) => (typeof value === "boolean" ? [`${value}`] : null),
    },
    text: {
      words: "a text",
      of: (value) => (value === null ? null : [`${value}`]),
    },
  };

  function fitting(method, kind, value) {
    const { of, words } = taken[kind];
    const plain = kind !== "list" && kit.selfOf(value) ? kit.toData(value) : value;
    const values = of(plain);
    if (values) return values;
    throw new TypeError(`clientIdentity.${method} takes ${words}.`);
  }

  // Changes count from store() on, and only those made before it.
  function identityOf({ name, universal_id, ai_agent, attributes, setters }) {
    const changed = { __proto__: null }; // in order; setters under their own names
    const now = { __proto__: null };
    for (const each of kit.keys(attributes)) now[each] = attributes[each];
    // AM minds no case in the name of an attribute.
    const nameOf = (attribute) => kit.attributeIn(now, `${attribute}`);
    const valuesOf = (attribute) =>
      hasOwn(now, attribute) ? copy(now[attribute]) : [];
    const change = (told, values) => {
      delete changed[told];
      changed[told] = values;
    };
    const put = (attribute, values) => {
      change(attribute, values);
      now[attribute] = values;
    };
    const identity = {
      getName: () => name,
      getUniversalId: () => universal_id,
      exists: () => true,
      isAIAgent: () => ai_agent,
      getAttributeValues: (attribute) => kit.asOwn(valuesOf(nameOf(attribute))),
      setAttribute: (attribute, values) =>
        put(nameOf(attribute), fitting("setAttribute", "list", values)),
      addAttribute: (attribute, value) => {
        const name = nameOf(attribute);
        put(name, [...valuesOf(name), `${value}`]);
      },
      store: () => stamp("client", changed),
    };
    for (const method of kit.keys(setters)) {
      const [kind, attribute] = setters[method];
      identity[method] = (value) => {
        const values = fitting(method, kind, value);
        change(method, values);
        const number = (each, index) => `[${index}]=${each}`;
        const held = kind === "list" ? values.map(number) : values;
        if (attribute) now[nameOf(attribute)] = held;
        return identity;
      };
    }
    return freeze(identity);
  }

  return (request) => {
    const { token, identity, scopes, session, ...common } = next(request);
    return {
      ...common,
      operation: request.operation,
      clientIdentity: request.client ? identityOf(request.client) : null,
      softwareStatement: kit.asView({}),
    };
  };
});
