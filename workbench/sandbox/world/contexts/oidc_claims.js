// @ts-check
// The world of an OIDC claims script: PingAM 8.1 "OIDC claims scripting API". What the
// script gives last are the claims of a person, at /userinfo or in an ID token.
(function oidcClaims(/** @type {Kit} */ kit, bindingsOf) {
  "use strict";

  const { Array, TypeError } = globalThis;
  const { fromData, gives, isA, javaClass, make, plain, root, show, type, types } = kit;

  // The class moved in AM 7.2, and scripts name it either way.
  const CLAIM = "org.forgerock.openidconnect.Claim";
  const MOVED = "org.forgerock.oauth.clients.oidc.Claim";
  const INVALID = "org.forgerock.oauth2.core.exceptions.InvalidRequestException";
  const CLAIMS = "org.forgerock.oauth2.core.UserInfoClaims";

  // A claim that was asked for, or that AM provides: name, values, locale.
  let claimOf;
  if (kit.legacy) {
    const claimType = type(
      CLAIM,
      root,
      {
        getName: gives(0, 0, ({ state }) => state.name),
        getValues: gives(0, 0, ({ state }) => kit.newSet(state.values)),
        getLocale: gives(0, 0, ({ state }) => state.locale),
        isEssential: plain(0, 0, () => false),
      },
      { show: (state) => `Claim{name=${state.name}}` }
    );
    claimOf = (name, values = [], locale = null) =>
      make(claimType, { name, values, locale });
    javaClass(claimType, (name, locale = null, values = []) =>
      claimOf(show(name), kit.valuesOf(values), locale)
    );

    kit.classes[MOVED] = kit.classes[CLAIM];

    const claimsType = type(
      CLAIMS,
      root,
      {
        getValues: gives(0, 0, ({ state }) => state.values),
        getCompositeScopes: gives(0, 0, ({ state }) => state.compositeScopes),
      },
      {
        show: () => CLAIMS,
        data: ({ values, compositeScopes }) => ({
          values: kit.toData(values),
          compositeScopes: kit.toData(compositeScopes),
        }),
      }
    );
    javaClass(claimsType, (values, compositeScopes) =>
      make(claimsType, { values, compositeScopes })
    );

    const invalidType = type(
      INVALID,
      types["java.lang.Throwable"],
      {},
      {
        show: (state) => `${INVALID}: ${state.text}`,
      }
    );
    javaClass(invalidType, (text = null) =>
      make(invalidType, { className: INVALID, text: text === null ? "" : show(text) })
    );
  }

  const isClaims = (plainly) =>
    typeof plainly === "object" && plainly !== null && !Array.isArray(plainly);

  kit.finish = (value) => {
    const plainly = kit.selfOf(value) ? kit.toData(value) : value;
    const values = isClaims(plainly) ? plainly.values : undefined;
    if (!isClaims(kit.selfOf(values) ? kit.toData(values) : values)) {
      throw new TypeError(
        "The script has to end with the claims: an object with values and compositeScopes."
      );
    }
    const open = plainly.compositeScopes ?? {};
    if (!isClaims(kit.selfOf(open) ? kit.toData(open) : open)) {
      throw new TypeError(
        "compositeScopes has to be a map: a list of claims by scope."
      );
    }
    const told = kit.toJson(values, "values");
    return `{"values":${told},"compositeScopes":${kit.toJson(open, "compositeScopes")}}`;
  };

  // A request that the script refuses with AM's own exception.
  kit.refusal = (thrown) =>
    kit.legacy && isA(thrown, types[INVALID])
      ? kit.toJson({ refused: kit.stateOf(thrown).text }, "The refusal")
      : undefined;

  return (request) => {
    const { claims, locales } = request.further;
    const { token, ...bindings } = bindingsOf(request);
    const list = (values) => (kit.legacy ? kit.newList(values) : kit.asView(values));
    const own = {
      claims: kit.legacy ? fromData(claims) : kit.asOwn(kit.copy(claims)),
      requestedClaims: kit.legacy ? fromData({}) : kit.asView({}),
      requestedTypedClaims: list([]),
      claimLocales: list(locales),
      claimsLocales: list(locales),
    };
    if (kit.legacy) {
      own.claimObjects = list(
        kit.keys(claims).map((name) => claimOf(name, [`${claims[name]}`]))
      );
    }
    return { ...bindings, ...own };
  };
});
