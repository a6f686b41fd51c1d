// @ts-check
// The world of a scope validation script: PingAM 8.1 "Scope validation scripting API".
// The script has a function for each endpoint, and AM calls the one it needs.
(function scopeValidation(/** @type {Kit} */ kit, bindingsOf) {
  "use strict";

  const { Array, Error, TypeError, WeakSet } = globalThis;
  const { freeze, isA, javaClass, make, show, toJson, types } = kit;
  const { isArray } = Array;

  // What next-generation scripts refuse with; legacy ones throw AM's own exception.
  const refusals = new WeakSet();
  const INVALID = "org.forgerock.oauth2.core.exceptions.InvalidScopeException";
  if (kit.legacy) {
    const type = kit.type(
      INVALID,
      types["java.lang.Throwable"],
      {},
      {
        show: (state) => `${INVALID}: ${state.text}`,
      }
    );
    const made = (text = null) =>
      make(type, { className: INVALID, text: text === null ? "" : show(text) });
    javaClass(type, made, { create: kit.gives(1, 1, (self, text) => made(text)) });
  }

  const messageOf = (thrown) => {
    if (refusals.has(thrown)) return thrown.message;
    return kit.legacy && isA(thrown, types[INVALID]) ? kit.stateOf(thrown).text : null;
  };

  function helper(state) {
    return freeze({
      inheritAccessTokenScopesOnRefresh: () => {
        state.inherits = true;
      },
      throwInvalidScope: (message) => {
        const error = new Error(String(message));
        refusals.add(error);
        throw error;
      },
    });
  }

  const textsOf = kit.guarded((returned, entry) => {
    const values = kit.selfOf(returned) ? kit.toData(returned) : returned;
    const texts = isArray(values) ? values.map(kit.toData) : [null];
    if (texts.every((each) => typeof each === "string")) return texts;
    throw new TypeError(`${entry}() has to return the scopes, as a list of texts.`);
  });

  // What AM makes of the function that it calls; a scope is refused by an exception.
  function answerOf(entry, state) {
    const called = globalThis[entry];
    if (typeof called !== "function") throw new TypeError(`${entry} is not a function`);
    state.called = true;
    const scopes = textsOf(called(), entry);
    return toJson({ scopes, inherits: state.inherits }, "The scopes");
  }

  function refusalOf(thrown, state) {
    const message = state.called ? messageOf(thrown) : null;
    return message === null ? undefined : toJson({ refused: message }, "The refusal");
  }

  return (request) => {
    const { entry, requested, allowed, available, defaults } = request.further;
    const state = { inherits: false };
    const list = (values) => (kit.legacy ? kit.newSet(values) : kit.asView(values));
    kit.finish = () => answerOf(entry, state);
    kit.refusal = (thrown) => refusalOf(thrown, state);
    const { token, scopes, session, ...bindings } = bindingsOf(request);
    const own = {
      requestedScopes: list(requested),
      allowedScopes: list(allowed),
      availableScopes: list(available),
      defaultScopes: list(defaults),
    };
    if (!kit.legacy) {
      own.clientScopes = list(available); // AM 8.1, OPENAM-25901
      own.scopeValidatorHelper = helper(state);
    }
    return { ...bindings, ...own };
  };
});
