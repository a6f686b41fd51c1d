// @ts-check
// The world of an access token modification script: PingAM 8.1 "Access token
// modification scripting API". In place of a may act script's token there is the
// access token, whose fields can be set.
(function modification(/** @type {Kit} */ kit, bindingsOf) {
  "use strict";

  return (request) => {
    const { state, binding } = kit.accessTokenOf(request);
    kit.finish = kit.guarded(() => kit.changesOf(state));
    const { token, ...bindings } = bindingsOf(request);
    return { ...bindings, accessToken: binding };
  };
});
