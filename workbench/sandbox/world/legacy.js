// @ts-check
// Legacy bindings (evaluator version 1.0): Java objects through Rhino.
// PingAM 8.1 "May act scripting API", "Script bindings"; Identity Cloud measured.
(function legacy(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, InternalError, TypeError } = globalThis;
  const { asMapIn, asView, claimOf, does, format, fromData, gives } = kit;
  const { isA, javaClass, json, jsonType, log, make, newSet } = kit;
  const { plain, root, selfOf, show, stateOf, toScript, type } = kit;

  kit.legacy = true;
  // AM's list for this context can be changed; of its classes these are here.
  kit.allowed = (name) => name in kit.classes;

  // ---- token ----------------------------------------------------------------

  // Java's names begin with a package: org is the only one with a vowel.
  const withArticle = (name) => (name[0] === "o" ? `an ${name}` : `a ${name}`);

  function kindOf(value) {
    if (isA(value, jsonType)) return "one that holds no Map";
    if (selfOf(value)) return withArticle(selfOf(value).type.name);
    return kit.isObject(value) ? "a plain JavaScript object" : show(value);
  }

  // A plain object is what a next-generation script gives; AM answers 500 (4.1).
  function stampJsonValue(claim, value, name) {
    if (!asMapIn(value)) {
      throw new TypeError(
        `${name} takes an org.forgerock.json.JsonValue in a legacy script; ` +
          `it was given ${kindOf(value)}.`
      );
    }
    kit.stamp(claim, value);
  }

  const jsonClaim = (claims, name) => {
    const claim = claimOf(claims, name);
    return claim === null ? null : json(fromData(claim));
  };
  const fieldOf = (claims, name) => {
    const value = claimOf(claims, show(name));
    return show(name) === "scope" && Array.isArray(value)
      ? newSet(value)
      : fromData(value);
  };

  function stampField(claim, value) {
    const field = json(value);
    if (!asMapIn(field)) {
      throw new TypeError(
        `token.setField takes a Map or JsonValue for this field in a legacy script; ` +
          `it was given ${kindOf(value)}.`
      );
    }
    kit.stamp(claim, field);
  }

  // Seen by getField for the rest of the run; may_act and act are stamped.
  function setField(claims, name, value) {
    if (name === "may_act") stampField("mayAct", value);
    else if (name === "act") stampField("act", value);
    else claims[name] = kit.copy(value);
  }

  const reads = (claim, change = (value) => value) =>
    gives(0, 0, ({ state }) => change(fieldOf(state, claim)));
  const tokenType = type("org.forgerock.openam.oauth2.token.ExchangeableToken", root, {
    setMayAct: does(1, 1, (self, value) =>
      stampJsonValue("mayAct", value, "token.setMayAct")
    ),
    getMayAct: gives(0, 0, ({ state }) => jsonClaim(state, "may_act")),
    setAct: does(1, 1, (self, value) => stampJsonValue("act", value, "token.setAct")),
    getAct: gives(0, 0, ({ state }) => jsonClaim(state, "act")),
    getField: gives(1, 1, ({ state }, name) => fieldOf(state, name)),
    setField: does(2, 2, ({ state }, name, value) =>
      setField(state, show(name), value)
    ),
    getClientId: reads("client_id"),
    getGrantType: reads("grant_type"),
    getRealm: reads("realm"),
    getResourceOwnerId: reads("subname"),
    getScope: reads("scope"),
    getTokenName: reads("tokenName"),
    getTokenType: reads("token_type"),
    getAuditTrackingId: reads("auditTrackingId"),
    getAuthGrantId: reads("authGrantId"),
    getTokenId: reads("jti"),
    getNonce: reads("nonce"),
    getAuthTimeSeconds: plain(0, 0, ({ state }) => state.auth_time),
    getExpiryTime: plain(0, 0, ({ state }) => 1000 * state.exp), // milliseconds
    isExpired: plain(0, 0, () => false),
  });

  // ---- logger ---------------------------------------------------------------

  const says = (level) =>
    does(1, 50, (self, message, ...args) =>
      log(level, format(kit.toScript(message), args.map(toScript)))
    );
  const yes = plain(0, 0, () => true);
  const loggerType = type("com.sun.identity.shared.debug.Debug", root, {
    message: says("message"),
    warning: says("warning"),
    error: says("error"),
    messageEnabled: yes,
    warningEnabled: yes,
    errorEnabled: yes,
  });

  // ---- httpClient: requests and responses as Java objects ---------------------

  const entityType = type(
    "org.forgerock.http.protocol.Entity",
    root,
    {
      getString: gives(0, 0, ({ state }) => state.body),
      setString: does(1, 1, ({ state }, text) => {
        state.body = show(text);
      }),
      getJson: gives(0, 0, ({ state }) => fromData(JSON.parse(state.body))),
      setJson: does(1, 1, ({ state }, value) => {
        state.body = JSON.stringify(toScript(value));
      }),
    },
    { show: (state) => state.body }
  );
  const headersType = type("org.forgerock.http.protocol.Headers", root, {
    getFirst: gives(1, 1, ({ state }, name) => (state[show(name)] || [null])[0]),
    add: does(2, 2, ({ state }, name, value) => {
      state[show(name)] = (state[show(name)] || []).concat([show(value)]);
    }),
    put: does(2, 2, ({ state }, name, value) => {
      state[show(name)] = [show(value)];
    }),
  });
  const requestType = type("org.forgerock.http.protocol.Request", root, {
    getMethod: gives(0, 0, ({ state }) => state.method),
    setMethod: gives(1, 1, ({ state, it }, method) => {
      state.method = show(method);
      return it;
    }),
    getUri: gives(0, 0, ({ state }) => state.uri),
    setUri: gives(1, 1, ({ state, it }, uri) => {
      state.uri = show(uri);
      return it;
    }),
    getEntity: gives(0, 0, ({ state }) => state.entity),
    setEntity: gives(1, 1, ({ state, it }, body) => {
      state.entity = make(entityType, { body: show(body) });
      return it;
    }),
    getHeaders: gives(0, 0, ({ state }) => state.headers),
  });
  javaClass(requestType, () =>
    make(requestType, {
      method: "GET",
      uri: "",
      entity: make(entityType, { body: "" }),
      headers: make(headersType, {}),
    })
  );

  const statusType = type(
    "org.forgerock.http.protocol.Status",
    root,
    {
      getCode: plain(0, 0, ({ state }) => state.status),
      getReasonPhrase: gives(0, 0, ({ state }) => state.statusText),
      isSuccessful: plain(
        0,
        0,
        ({ state }) => state.status >= 200 && state.status < 300
      ),
    },
    { show: (state) => `[Status: ${state.status} ${state.statusText}]` }
  );
  const responseType = type("org.forgerock.http.protocol.Response", root, {
    getStatus: gives(0, 0, ({ state }) => make(statusType, state)),
    getEntity: gives(0, 0, ({ state }) => make(entityType, { body: state.body })),
    getHeaders: gives(0, 0, ({ state }) => make(headersType, state.headers)),
  });
  const promiseType = type("org.forgerock.util.promise.Promise", root, {
    get: gives(0, 0, ({ state }) => state),
    getOrThrow: gives(0, 0, ({ state }) => state),
  });
  const httpClientType = type("org.forgerock.http.Client", root, {
    send: gives(1, 1, ({ state }, request) => {
      if (!isA(request, requestType)) {
        throw new InternalError(
          `Cannot convert ${show(request)} to org.forgerock.http.protocol.Request`
        );
      }
      const { method, uri } = stateOf(request);
      return make(promiseType, make(responseType, kit.answerTo(state, method, uri)));
    }),
  });

  const systemEnvOf = (values) => {
    const { getProperty } = kit.systemEnvOf(values);
    return make(
      type("org.forgerock.openam.scripting.SystemEnv", root, {
        getProperty: gives(1, 3, (self, ...args) =>
          getProperty(...args.map((each) => (each === null ? null : show(each))))
        ),
      }),
      null
    );
  };

  return (request) => {
    const { surroundings } = request;
    /** @type {Record<string, any>} */
    const bindings = {
      token: make(tokenType, request.token),
      identity: kit.identityOf(request.identity),
      requestProperties: asView(request.requestProperties),
      scopes: newSet(request.scopes),
      session: kit.sessionOf(request.session),
      logger: make(loggerType, null),
      httpClient: make(httpClientType, surroundings.http),
      systemEnv: systemEnvOf(surroundings.systemEnv),
      realm: request.realm,
      scriptName: request.scriptName,
      ...kit.roots(),
    };
    // Present only where AM identified the client (4.2).
    if (request.clientProperties) {
      bindings.clientProperties = asView(request.clientProperties);
    }
    return bindings;
  };
});
