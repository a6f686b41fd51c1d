// oidc-provider with a token exchange grant: both tokens are checked, and one is signed,
// with the actor in `act`. It prints what the benchmark posts, and where.
import { calculateJwkThumbprint, exportJWK, generateKeyPair, jwtVerify } from "jose";
import Provider from "oidc-provider";

const algorithm = process.argv[2] ?? "ES256";
const GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
const TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token";
const RESOURCE = "urn:peer";

const { publicKey, privateKey } = await generateKeyPair(algorithm, {
  extractable: true,
});
const key = { ...(await exportJWK(privateKey)), alg: algorithm, use: "sig" };
key.kid = await calculateJwkThumbprint(key);

function client(client_id) {
  return {
    client_id,
    client_secret: "mySecret",
    grant_types: ["client_credentials", GRANT],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: "client_secret_post",
    id_token_signed_response_alg: algorithm,
  };
}

const provider = new Provider("http://127.0.0.1", {
  clients: [client("risk-agent"), client("data-agent")],
  jwks: { keys: [key] },
  scopes: ["read", "write"],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      getResourceServerInfo: () => ({
        scope: "read write",
        accessTokenFormat: "jwt",
        accessTokenTTL: 3600,
        jwt: { sign: { alg: algorithm } },
      }),
    },
  },
  extraTokenClaims: (_, token) => token.extra,
  ttl: { ClientCredentials: 3600 },
});

async function checked(token) {
  const { payload } = await jwtVerify(token, publicKey, { audience: RESOURCE });
  return payload;
}

async function exchange(ctx) {
  const { client, params } = ctx.oidc;
  const [subject, actor] = await Promise.all([
    checked(params.subject_token),
    checked(params.actor_token),
  ]);
  const allowed = new Set(subject.scope.split(" "));
  const scope = (params.scope ?? subject.scope)
    .split(" ")
    .filter((each) => allowed.has(each))
    .join(" ");
  const token = new provider.ClientCredentials({ client, scope });
  token.resourceServer = new provider.ResourceServer(RESOURCE, {
    scope: "read write",
    accessTokenFormat: "jwt",
    accessTokenTTL: 3600,
    jwt: { sign: { alg: algorithm } },
  });
  token.extra = { sub: subject.sub, act: { sub: actor.sub } };
  ctx.body = {
    access_token: await token.save(),
    issued_token_type: TOKEN_TYPE,
    token_type: token.tokenType,
    expires_in: token.expiration,
    scope,
  };
}

provider.registerGrantType(GRANT, exchange, [
  "subject_token",
  "subject_token_type",
  "actor_token",
  "actor_token_type",
  "scope",
]);

provider.on("server_error", (_, error) => console.error(error));

async function post(url, form) {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
  const body = await answer.json();
  if (!answer.ok) throw new Error(JSON.stringify(body));
  return body;
}

const server = provider.listen(0, "127.0.0.1", async () => {
  const url = `http://127.0.0.1:${server.address().port}/token`;
  const own = (client_id) =>
    post(url, {
      grant_type: "client_credentials",
      client_id,
      client_secret: "mySecret",
      scope: "read",
    });
  const form = {
    grant_type: GRANT,
    client_id: "risk-agent",
    client_secret: "mySecret",
    scope: "read",
    subject_token: (await own("data-agent")).access_token,
    subject_token_type: TOKEN_TYPE,
    actor_token: (await own("risk-agent")).access_token,
    actor_token_type: TOKEN_TYPE,
  };
  const answer = await post(url, form);
  console.log(JSON.stringify({ url, form, answer }));
});
