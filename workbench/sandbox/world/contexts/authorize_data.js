// @ts-check
// The world of an authorize endpoint data provider script: PingAM 8.1. What it gives
// last is a map of texts that /authorize sends to the client beside its own.
(function authorizeData(/** @type {Kit} */ kit, bindingsOf) {
  "use strict";

  kit.finish = (value) => kit.mapJson(value, "what it adds");

  return (request) => {
    const { token, scopes, ...bindings } = bindingsOf(request);
    return bindings;
  };
});
