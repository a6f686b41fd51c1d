// What both clients of this folder share: their names, and a person with a browser.

// As new URL(…) writes it, which openid-client does with the one it was called back at.
export const CALLBACK = "https://www.example.com/callback";
export const SECRET = "mySecret";
export const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
export const URN = "urn:ietf:params:oauth:token-type:access_token";
export const SCOPE = "openid profile email read";

const base = process.argv[2];
export const issuer = new URL(`${base}/oauth2/realms/root/realms/alpha`);

// Where a person is sent who logs in and allows what a link asks for.
export async function consent(link) {
  const login = await fetch(`${base}/json/realms/root/realms/alpha/authenticate`, {
    method: "POST",
    headers: { "X-OpenAM-Username": "bjensen", "X-OpenAM-Password": "Secret12!" },
  });
  const { tokenId } = await login.json();
  const answer = await fetch(link, {
    method: "POST",
    headers: { Cookie: `iPlanetDirectoryPro=${tokenId}` },
    body: new URLSearchParams({ decision: "allow", csrf: tokenId }),
    redirect: "manual",
  });
  return new URL(answer.headers.get("location"));
}

// What the agent asks for with the two tokens.
export const wish = (subject, actor) => ({
  scope: "read",
  subject_token: subject,
  subject_token_type: URN,
  actor_token: actor,
  actor_token_type: URN,
});

export const tell = (outcome) => console.log(JSON.stringify(outcome));
