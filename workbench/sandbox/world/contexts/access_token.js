// @ts-check
// The binding accessToken of access token modification and scope evaluation scripts.
// PingAM 8.1 "Access token modification scripting API"; which members there are is
// what AM lists for the next generation, what was called on PingOne AIC (legacy), and
// what the page prints: a legacy setPermissions takes a JsonValue.
(function accessToken(/** @type {Kit} */ kit, bindingsOf) {
  "use strict";

  const { Array, Error, InternalError, Number, String, TypeError } = globalThis;
  const { copy, freeze, hasOwn, keys, toJson } = kit;
  const { isArray } = Array;
  const { parse, stringify } = JSON;

  // ---- What a script did to the token ---------------------------------------

  // The claims as they read by now, and beside them what is to change, as JSON: a
  // number that a script sets is a double in Java (measured).
  const stateOf = ({ token, further }) => ({
    claims: copy(token),
    id: further.tokenId,
    clientSide: further.clientSide,
    set: { __proto__: null },
    extra: { __proto__: null },
  });

  function set(state, name, value) {
    const json = kit.claimJson(value, name);
    state.claims[name] = parse(json);
    state.set[name] = json;
  }

  function remove(state, name) {
    delete state.claims[name];
    state.set[name] = undefined;
  }

  const read = (state, name) =>
    hasOwn(state.claims, name) ? state.claims[name] : null;

  const pairs = (object) =>
    keys(object)
      .filter((name) => object[name] !== undefined)
      .map((name) => `${stringify(name)}:${object[name]}`);

  // For ScriptOutcome.result: claims to set and to remove, members of the response.
  kit.changesOf = ({ set: changed, extra, id }) => {
    const gone = keys(changed).filter((name) => changed[name] === undefined);
    return (
      `{"set":{${pairs(changed).join()}},"removed":${toJson(gone, "They")},` +
      `"extra":{${pairs(extra).join()}},"id":${toJson(id, "The id")}}`
    );
  };

  // ---- Members that both generations share ----------------------------------

  const CLAIMS = {
    Realm: "realm",
    ClientId: "client_id",
    AuditTrackingId: "auditTrackingId",
    AuthGrantId: "authGrantId",
    TokenName: "tokenName",
    TokenType: "token_type",
    GrantType: "grant_type",
    Nonce: "nonce",
    Claims: "claims",
    AuthLevel: "auth_level",
  };
  const REMOVED = {
    ...CLAIMS,
    Scopes: "scope",
    AuthTime: "auth_time",
    Permissions: "permissions",
    ConfirmationKey: "cnf",
  };

  function whole(value, method) {
    const number = Number(value);
    if (!Number.isFinite(number)) {
      throw new InternalError(
        `accessToken.${method} takes a number; not ${kit.text(value)}.`
      );
    }
    return Math.trunc(number);
  }

  // A claim that holds a whole number, written as one.
  function setWhole(state, name, number) {
    state.claims[name] = number;
    state.set[name] = String(number);
  }

  function setExpiry(state, milliseconds) {
    const expires = Math.floor(whole(milliseconds, "setExpiryTime") / 1000);
    const issued = read(state, "iat");
    setWhole(state, "exp", expires);
    if (Number.isInteger(issued)) setWhole(state, "expires_in", expires - issued);
  }

  // The subject keeps the form that it has, (usr!name) or the bare name (inferred).
  function setOwner(state, owner) {
    const name = String(owner);
    const typed = /^\((age|usr)!/.exec(String(read(state, "sub")));
    set(state, "sub", typed ? `(${typed[1]}!${name})` : name);
    set(state, "subname", name);
  }

  function setId(state, id) {
    if (state.clientSide) throw new Error("Client-side token's ID cannot be changed");
    state.id = String(id);
  }

  const responseOf = (state) => ({
    access_token: state.id,
    scope: [].concat(read(state, "scope") || []).join(" "),
    token_type: read(state, "token_type"),
    expires_in: read(state, "expires_in"),
  });

  const getters = {
    getResourceOwnerId: (state) => read(state, "subname"),
    getAuthTimeSeconds: (state) => read(state, "auth_time"),
    getExpiryTime: (state) => 1000 * read(state, "exp"), // milliseconds
    isExpired: () => false,
    getAudience: (state) => [].concat(read(state, "aud") || []),
    getCustomFields: ({ claims }) => ({
      subname: claims.subname,
      expires_in: claims.expires_in,
    }),
    getTokenId: ({ id }) => id,
    getTokenInfo: ({ claims }) => claims,
    toMap: responseOf,
    // What more AM has of the person here is unknown (inferred).
    getResourceOwner: (state) => ({ id: read(state, "subname") }),
    getScope: (state) => read(state, "scope"),
    getAct: (state) => read(state, "act"),
    getMayAct: (state) => read(state, "may_act"),
    getPermissions: (state) => read(state, "permissions"),
    getConfirmationKey: (state) => read(state, "cnf"),
  };
  const setters = {
    setAuthTime: (state, seconds) =>
      setWhole(state, "auth_time", whole(seconds, "setAuthTime")),
    setExpiryTime: setExpiry,
    setResourceOwnerId: setOwner,
    setId,
  };
  for (const name of keys(CLAIMS)) {
    const claim = CLAIMS[name];
    getters[`get${name}`] = (state) => read(state, claim);
    setters[`set${name}`] = (state, value) => set(state, claim, value);
  }
  setters.setAuthLevel = (state, level) =>
    setWhole(state, "auth_level", whole(level, "setAuthLevel"));
  const removers = {
    removeResourceOwnerId: (state) => {
      remove(state, "sub");
      remove(state, "subname");
    },
  };
  for (const name of keys(REMOVED)) {
    removers[`remove${name}`] = (state) => remove(state, REMOVED[name]);
  }

  function setFields(state, map) {
    const fields = kit.selfOf(map) ? kit.toData(map) : map;
    if (fields === null || typeof fields !== "object" || isArray(fields)) {
      throw new TypeError("accessToken.setFields takes a map.");
    }
    for (const name of keys(fields)) set(state, name, fields[name]);
  }

  function addExtra(state, name, value) {
    state.extra[String(name)] = kit.claimJson(value, String(name));
  }

  // These take a Map or an Object in the next generation, a JsonValue in a legacy
  // script.
  const JSON_CLAIMS = {
    setAct: "act",
    setMayAct: "may_act",
    setPermissions: "permissions",
    setConfirmationKey: "cnf",
  };

  // ---- Next generation: a wrapper of plain JavaScript values ----------------

  function wrapper(state) {
    const made = {
      getField: (name) => kit.asOwn(copy(read(state, String(name)))),
      setField: (name, value) => set(state, String(name), kit.toJava(value)),
      setFields: (map) => setFields(state, map),
      setScope: (scopes) => set(state, "scope", textsOf(scopes)),
      addExtraData: (name, value) => addExtra(state, name, String(value)),
      addExtraJsonData: (name, value) => addExtra(state, name, kit.toJava(value)),
    };
    for (const name of keys(getters))
      made[name] = () => kit.asOwn(copy(getters[name](state)));
    for (const name of keys(setters))
      made[name] = (value) => setters[name](state, kit.toJava(value));
    for (const name of keys(removers)) made[name] = () => removers[name](state);
    for (const name of keys(JSON_CLAIMS)) {
      made[name] = (value) => set(state, JSON_CLAIMS[name], value);
    }
    return freeze(made);
  }

  const textsOf = (values) =>
    copy(isArray(values) ? values : kit.toData(values)).map(String);

  // ---- Legacy: a Java object ------------------------------------------------

  // A text where Java has a String, and what Java makes of JSON elsewhere.
  function legacyMethods() {
    const { does, gives, plain, show } = kit;
    const asJson = (value) => (value === null ? null : kit.json(kit.fromData(value)));
    const methods = {
      getField: gives(1, 1, ({ state }, name) => kit.fromData(read(state, show(name)))),
      setField: does(2, 2, ({ state }, name, value) => set(state, show(name), value)),
      setFields: does(1, 1, ({ state }, map) => setFields(state, map)),
      setScope: does(1, 1, ({ state }, scopes) => {
        if (!kit.isA(scopes, kit.setType)) {
          throw new InternalError(
            `Cannot convert ${isArray(scopes) ? "org.mozilla.javascript.NativeArray" : show(scopes)} to java.util.Set`
          );
        }
        set(state, "scope", kit.valuesOf(scopes).map(show));
      }),
      addExtraData: does(2, 2, ({ state }, name, value) =>
        addExtra(state, show(name), supplied(value, show))
      ),
      addExtraJsonData: does(2, 2, ({ state }, name, value) =>
        addExtra(
          state,
          show(name),
          supplied(value, (given) => given)
        )
      ),
    };
    for (const name of keys(getters)) {
      const get = ({ state }) => getters[name](state);
      methods[name] = plainGetters.includes(name)
        ? plain(0, 0, get)
        : gives(0, 0, (self) => kit.fromData(get(self)));
    }
    methods.getScope = gives(0, 0, ({ state }) =>
      kit.newSet([].concat(read(state, "scope") || []))
    );
    for (const name of [
      "getAct",
      "getMayAct",
      "getPermissions",
      "getConfirmationKey",
    ]) {
      methods[name] = gives(0, 0, ({ state }) => asJson(getters[name](state)));
    }
    for (const name of keys(setters)) {
      methods[name] = does(1, 1, ({ state }, value) =>
        setters[name](state, typeof value === "string" ? show(value) : value)
      );
    }
    for (const name of keys(JSON_CLAIMS)) {
      methods[name] = kit.typed(
        does(1, 1, ({ state, type }, value) => {
          if (value !== null && !kit.isA(value, kit.jsonType)) {
            throw kit.noMethod(type, name, [value]);
          }
          set(state, JSON_CLAIMS[name], value);
        })
      );
    }
    for (const name of keys(removers)) {
      methods[name] = does(0, 0, ({ state }) => removers[name](state));
    }
    return methods;
  }
  const plainGetters = ["getExpiryTime", "isExpired", "getAuthTimeSeconds"];

  // A value, or a function that gives it, as the Java method wants a Supplier.
  const supplied = (value, change) =>
    change(typeof value === "function" ? kit.lambda(value)() : value);

  const legacyToken = (state) => {
    const side = state.clientSide ? "Stateless" : "Stateful";
    const name = `org.forgerock.openam.oauth2.${side}AccessToken`;
    return kit.make(kit.type(name, kit.root, legacyMethods()), state);
  };

  kit.accessTokenOf = (request) => {
    const state = stateOf(request);
    return { state, binding: kit.legacy ? legacyToken(state) : wrapper(state) };
  };

  return bindingsOf;
});
