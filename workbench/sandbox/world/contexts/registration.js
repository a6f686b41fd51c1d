// @ts-check
// The world of a dynamic client registration script: PingAM 8.1 "Dynamic client
// registration scripting API". It has the common next-generation bindings; in place
// of a token, AM gives it the client that was registered, changed or deleted.
(function registration(/** @type {Kit} */ kit, next) {
  "use strict";

  const { copy, freeze, hasOwn, stamp } = kit;
  const { isArray } = Array;
  const { TypeError } = globalThis;

  // Setters of what the workbench keeps of a client. AM's others are not there.
  const ofLists = [
    "setClientName",
    "setGrantTypes",
    "setResponseTypes",
    "setRedirectURIs",
    "setScope",
    "setDefaultScopes",
  ];
  const ofValues = [
    "setClientType",
    "setTokenEndpointAuthMethod",
    "setIdTokenSignedResponseAlg",
    "setAccessTokenLifeTime",
    "setRefreshTokenLifeTime",
    "setAuthorizationCodeLifeTime",
    "setJwtTokenLifeTime",
  ];

  function texts(method, values) {
    const list = copy(isArray(values) ? values : kit.toData(values));
    const fit = isArray(list) && !list.some((each) => typeof each !== "string");
    if (fit) return list;
    throw new TypeError(`clientIdentity.${method} takes an array of strings.`);
  }

  // Changes count from store() on, and only those made before it.
  function identityOf({ name, universal_id, ai_agent, attributes }) {
    const changed = { __proto__: null }; // setters under their own names
    // AM minds no case in the name of an attribute.
    const nameOf = (attribute) => {
      const set = kit.attributeIn(changed, `${attribute}`);
      return kit.attributeIn(attributes, set);
    };
    const valuesOf = (attribute) => {
      const held = hasOwn(changed, attribute) ? changed : attributes;
      return hasOwn(held, attribute) ? copy(held[attribute]) : [];
    };
    const identity = {
      getName: () => name,
      getUniversalId: () => universal_id,
      exists: () => true,
      isAIAgent: () => ai_agent,
      getAttributeValues: (attribute) => kit.asOwn(valuesOf(nameOf(attribute))),
      setAttribute: (attribute, values) => {
        changed[nameOf(attribute)] = texts("setAttribute", values);
      },
      addAttribute: (attribute, value) => {
        const name = nameOf(attribute);
        changed[name] = [...valuesOf(name), `${value}`];
      },
      store: () => stamp("client", changed),
    };
    const setter = (method, toList) => {
      identity[method] = (value) => {
        changed[method] = toList(method, value);
        return identity;
      };
    };
    for (const method of ofLists) setter(method, texts);
    for (const method of ofValues) setter(method, (_, value) => [`${value}`]);
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
