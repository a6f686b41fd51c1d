// @ts-check
// People, groups and clients as Java's objects, and sessions: what legacy scripts see
// of AM's identity repository. PingAM 8.1 "May act scripting API"; OpenAM source for
// the members of AMIdentity, IdType and SSOToken.
(function people(/** @type {Kit} */ kit) {
  "use strict";

  const { does, gives, hasOwn, isA, javaClass, keys, make, newMap, newSet } = kit;
  const { plain, root, show, stateOf, type, valuesOf } = kit;

  // ---- IdType -----------------------------------------------------------------

  const idType = type(
    "com.sun.identity.idm.IdType",
    root,
    {
      getName: gives(0, 0, ({ state }) => state.name),
      equals: plain(
        1,
        1,
        ({ state }, other) => isA(other, idType) && stateOf(other).name === state.name
      ),
    },
    { show: (state) => `IdType: ${state.name}` }
  );
  const idTypes = { __proto__: null };
  const constants = { __proto__: null };
  for (const name of [
    "user",
    "group",
    "role",
    "filteredrole",
    "realm",
    "agent",
    "agentonly",
    "agentgroup",
  ]) {
    idTypes[name] = make(idType, { name });
    constants[name.toUpperCase()] = { constant: idTypes[name] };
  }
  javaClass(idType, undefined, constants);

  // ---- AMIdentity ---------------------------------------------------------------

  const nameIn = (user, name) => kit.attributeIn(user.attributes, show(name));
  const attributeOf = (user, name) => {
    const found = nameIn(user, name);
    return newSet(hasOwn(user.attributes, found) ? user.attributes[found] : []);
  };
  const attributesOf = (user, names) =>
    newMap(names.map((name) => ({ key: show(name), value: attributeOf(user, name) })));
  const textsOf = (values) => valuesOf(values).map(show);
  // An array, which the page prints here, is joined where Java takes a String.
  const textOf = (value) => (Array.isArray(value) ? `${value}` : show(value));

  const methods = {
    getName: gives(0, 0, ({ state }) => state.name),
    getUniversalId: gives(0, 0, ({ state }) => state.universalId),
    getRealm: gives(0, 0, ({ state }) =>
      state.universalId.replace(/^id=.*?,ou=\w+,/, "")
    ),
    getType: gives(0, 0, ({ state }) => idTypes[state.type]),
    isExists: plain(0, 0, ({ state }) => state.exists),
    isActive: plain(0, 0, ({ state }) => state.active),
    getMemberships: gives(1, 1, ({ state }, kind) =>
      newSet(kind === idTypes.group ? state.groups.map(identityOf) : [])
    ),
    getAttribute: gives(1, 1, ({ state }, name) => attributeOf(state, name)),
    getAttributes: gives(0, 1, ({ state }, names) =>
      attributesOf(
        state,
        names === undefined ? keys(state.attributes) : valuesOf(names)
      )
    ),
    setAttribute: does(2, 2, ({ state }, name, values) => {
      state.attributes[nameIn(state, name)] = textsOf(values);
    }),
    setAttributes: does(1, 1, ({ state }, map) => {
      for (const { key, value } of kit.entriesOf(map)) {
        state.attributes[nameIn(state, key)] = textsOf(value);
      }
    }),
    addAttribute: does(2, 2, ({ state }, name, value) => {
      const found = nameIn(state, name);
      const before = hasOwn(state.attributes, found) ? state.attributes[found] : [];
      state.attributes[found] = before.concat([textOf(value)]);
    }),
    removeAttributes: does(1, 1, ({ state }, names) => {
      for (const name of textsOf(names)) state.attributes[nameIn(state, name)] = [];
    }),
    store: does(0, 0, ({ state }) => kit.keepAttributes(state.attributes)),
  };
  const identityType = type("com.sun.identity.idm.AMIdentity", root, methods, {
    equals: ({ state }, other) =>
      isA(other, identityType) && stateOf(other).universalId === state.universalId,
    show: (state) => `AMIdentity object: ${state.universalId}`,
  });

  function identityOf(user) {
    if (!user) return null;
    if (user.empty) return kit.withoutIdentity({ ...methods });
    return make(identityType, {
      type: "user",
      exists: true,
      active: true,
      attributes: {},
      groups: [],
      ...user,
    });
  }

  // ---- SSOToken -----------------------------------------------------------------

  const propertyOf = (state, name) => (hasOwn(state, name) ? state[name] : null);
  const principalType = type("com.sun.identity.authentication.principal", root, {
    getName: gives(0, 0, ({ state }) => state.name),
  });
  const sessionType = type("com.iplanet.sso.SSOToken", root, {
    getProperty: gives(1, 2, ({ state }, name) => propertyOf(state, show(name))),
    setProperty: does(2, 2, ({ state }, name, value) =>
      kit.setProperty(state, show(name), show(value))
    ),
    getPrincipal: gives(0, 0, ({ state }) =>
      make(principalType, { name: propertyOf(state, "Principal") })
    ),
    getAuthLevel: plain(0, 0, ({ state }) => +propertyOf(state, "AuthLevel")),
    getAuthType: gives(0, 0, ({ state }) => propertyOf(state, "AuthType")),
    getHostName: gives(0, 0, ({ state }) => propertyOf(state, "HostName")),
  });

  kit.identityOf = identityOf;
  kit.sessionOf = (properties) => (properties ? make(sessionType, properties) : null);
});
