// openid-client (npm), as its users use it. Prints what it got as one line of JSON.

import * as client from "openid-client";
import { CALLBACK, EXCHANGE, SCOPE, SECRET, consent, issuer, tell, wish } from "./story.mjs";

const options = issuer.protocol === "http:" ? { execute: [client.allowInsecureRequests] } : {};
const discovered = (id, method) =>
  client.discovery(issuer, id, SECRET, method(SECRET), options);

const web = await discovered("hr-client", client.ClientSecretPost);
const agent = await discovered("hr-agent", client.ClientSecretBasic);

const pkceCodeVerifier = client.randomPKCECodeVerifier();
const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
const link = client.buildAuthorizationUrl(web, {
  redirect_uri: CALLBACK,
  scope: SCOPE,
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: "S256",
  state: expectedState,
  nonce: expectedNonce,
});
client.enableNonRepudiationChecks(web); // checks the ID token with the published keys
const user = await client.authorizationCodeGrant(web, await consent(link), {
  pkceCodeVerifier,
  expectedState,
  expectedNonce,
  idTokenExpected: true,
});
const { sub } = user.claims();
const userinfo = await client.fetchUserInfo(web, user.access_token, sub);
const refreshed = await client.refreshTokenGrant(web, user.refresh_token);

const actor = await client.clientCredentialsGrant(agent, { scope: "read" });
const issued = await client.genericGrantRequest(
  agent,
  EXCHANGE,
  wish(refreshed.access_token, actor.access_token),
);
const introspected = await client.tokenIntrospection(agent, issued.access_token);
await client.tokenRevocation(agent, issued.access_token);
const after = await client.tokenIntrospection(agent, issued.access_token);
const refused = await client
  .genericGrantRequest(agent, EXCHANGE, wish(actor.access_token, actor.access_token))
  .catch((error) => error);

tell({
  issuer: web.serverMetadata().issuer,
  sub,
  email: userinfo.email,
  refreshed: refreshed.access_token !== user.access_token,
  issued_token_type: issued.issued_token_type,
  act: introspected.act,
  after,
  refused: [refused.status, refused.error, refused.error_description],
});
