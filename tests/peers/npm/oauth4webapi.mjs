// oauth4webapi (npm), as its users use it. Prints what it got as one line of JSON.

import * as oauth from "oauth4webapi";
import { CALLBACK, EXCHANGE, SCOPE, SECRET, consent, issuer, tell, wish } from "./story.mjs";

const options = { [oauth.allowInsecureRequests]: issuer.protocol === "http:" };
const as = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, options),
);
const web = { client_id: "hr-client" };
const agent = { client_id: "hr-agent" };
const inForm = oauth.ClientSecretPost(SECRET);
const inHeader = oauth.ClientSecretBasic(SECRET);

const verifier = oauth.generateRandomCodeVerifier();
const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
const link = new URL(as.authorization_endpoint);
link.search = new URLSearchParams({
  client_id: web.client_id,
  response_type: "code",
  redirect_uri: CALLBACK,
  scope: SCOPE,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
  state,
  nonce,
});
const callback = oauth.validateAuthResponse(as, web, await consent(link), state);
const answer = await oauth.authorizationCodeGrantRequest(
  as, web, inForm, callback, CALLBACK, verifier, options,
);
const user = await oauth.processAuthorizationCodeResponse(as, web, answer, {
  expectedNonce: nonce,
  requireIdToken: true,
});
await oauth.validateApplicationLevelSignature(as, answer, options);
const { sub } = oauth.getValidatedIdTokenClaims(user);
const userinfo = await oauth.processUserInfoResponse(
  as, web, sub, await oauth.userInfoRequest(as, web, user.access_token, options),
);
const refreshed = await oauth.processRefreshTokenResponse(
  as, web,
  await oauth.refreshTokenGrantRequest(as, web, inForm, user.refresh_token, options),
);

const actor = await oauth.processClientCredentialsResponse(
  as, agent,
  await oauth.clientCredentialsGrantRequest(as, agent, inHeader, { scope: "read" }, options),
);
const exchange = async (subject) =>
  oauth.processGenericTokenEndpointResponse(
    as, agent,
    await oauth.genericTokenEndpointRequest(
      as, agent, inHeader, EXCHANGE, wish(subject, actor.access_token), options,
    ),
  );
const introspect = async (token) =>
  oauth.processIntrospectionResponse(
    as, agent, await oauth.introspectionRequest(as, agent, inHeader, token, options),
  );
const issued = await exchange(refreshed.access_token);
const introspected = await introspect(issued.access_token);
await oauth.processRevocationResponse(
  await oauth.revocationRequest(as, agent, inHeader, issued.access_token, options),
);
const refused = await exchange(actor.access_token).catch((error) => error);

tell({
  issuer: as.issuer,
  sub,
  email: userinfo.email,
  refreshed: refreshed.access_token !== user.access_token,
  issued_token_type: issued.issued_token_type,
  act: introspected.act,
  after: await introspect(issued.access_token),
  refused: [refused.status, refused.error, refused.error_description],
});
