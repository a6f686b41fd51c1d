// @ts-check
// The world of an authorize endpoint data provider script: PingAM 8.1. What it gives
// last is a map of texts that /authorize sends to the client beside its own.
(function authorizeData(/** @type {Kit} */ kit, bindingsOf) {
  "use strict";

  // What a legacy script gives up with: AM answers 500.
  if (kit.legacy) {
    const name = "org.forgerock.oauth2.core.exceptions.ServerException";
    const { show, types } = kit;
    const error = kit.type(
      name,
      types["java.lang.Throwable"],
      {},
      { show: (state) => `${name}: ${state.text}` }
    );
    kit.javaClass(error, (text = "") =>
      kit.make(error, { className: name, text: show(text) })
    );
  }

  kit.finish = (value) => kit.mapJson(value, "what it adds");

  return (request) => {
    const { token, scopes, ...bindings } = bindingsOf(request);
    return bindings;
  };
});
