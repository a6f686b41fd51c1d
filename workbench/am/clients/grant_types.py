"""The grants of the token endpoint, and those that a new client may use."""

CLIENT_CREDENTIALS = "client_credentials"
TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
REFRESH_TOKEN = "refresh_token"
AUTHORIZATION_CODE = "authorization_code"
PASSWORD = "password"
CIBA = "urn:openid:params:grant-type:ciba"

AGENT_GRANT_TYPES = (CLIENT_CREDENTIALS, TOKEN_EXCHANGE)
"""What the admin UI switches on for a new AI agent (PingAM 8.1, AI agents)."""

CLIENT_GRANT_TYPES = (AUTHORIZATION_CODE,)
"""What a new OAuth2 client has (PingAM 8.1, OAuth2Client REST endpoint)."""
