// @ts-check
// The world of an access token modification script: PingAM 8.1 "Access token
// modification scripting API". In place of a may act script's token there is the
// access token, whose fields can be set.
(function modification(/** @type {Kit} */ kit, bindingsOf) {
  "use strict";

  // In a legacy script a client that acts as itself is the identity (measured).
  const agentOf = ({ clientProperties, realm }) => ({
    name: clientProperties.clientId,
    universalId:
      `id=${clientProperties.clientId},ou=agentonly,` +
      `o=${realm.slice(1)},ou=services,ou=am-config`,
    type: "IdType: agentonly",
    attributes: {},
  });

  return (request) => {
    const { state, binding } = kit.accessTokenOf(request);
    kit.finish = kit.guarded(() => kit.changesOf(state));
    const owner = request.identity || !kit.legacy ? request.identity : agentOf(request);
    const { token, ...bindings } = bindingsOf({ ...request, identity: owner });
    return { ...bindings, accessToken: binding };
  };
});
