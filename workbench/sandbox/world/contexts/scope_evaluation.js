// @ts-check
// The world of a scope evaluation script: PingAM 8.1 "Scope evaluation scripting API".
// What it gives last is what /tokeninfo tells of the scopes.
(function scopeEvaluation(/** @type {Kit} */ kit, bindingsOf) {
  "use strict";

  kit.finish = (value) => kit.mapJson(value, "what it tells");

  return (request) => {
    const { token, scopes, session, ...bindings } = bindingsOf(request);
    return { ...bindings, accessToken: kit.accessTokenOf(request).binding };
  };
});
