"""What each parameter of a request is, in a sentence, wherever it is sent."""

from collections.abc import Mapping

from workbench.am.people.code import CHALLENGE_METHODS
from workbench.am.tokens.assertion import ASSERTION_TYPE
from workbench.am.tokens.token import TOKEN_NAMES
from workbench.server.endpoints.authorization_response import RESPONSE_MODES
from workbench.server.endpoints.login import NAME, PASSWORD
from workbench.server.endpoints.macaroon import ACTIONS

PARAMETERS: Mapping[str, str] = {
    "_action": "What to do with the macaroon.",
    "access_token": "The access token that is asked about.",
    "actor_token": "Who acts.",
    "actor_token_type": "What the actor token is.",
    "audience": "For whom the new token is meant; may be repeated.",
    "auth_req_id": "What the backchannel request was answered with.",
    "client_assertion": "A JWT in which the client proves who it is.",
    "client_assertion_type": "What the assertion is.",
    "client_id": "The client.",
    "client_secret": "The client's secret.",
    "code": "The authorization code.",
    "code_challenge": "The proof key's challenge (RFC 7636).",
    "code_challenge_method": "How the challenge was made of the verifier.",
    "code_verifier": "The proof key's verifier.",
    "csrf": "The session token once more, as the page has it.",
    "decision": "What the person chose: allow, or approve or deny.",
    "grant_type": "The grant.",
    "max_age": "Seconds since the login, at most.",
    "nonce": "Stands in the ID token again.",
    "number": "Which request the person answers.",
    "password": "The person's password.",
    "prompt": "none: ask the person nothing.",
    "redirect_uri": "Where the person is sent back to.",
    "refresh_token": "The refresh token.",
    "request": "A JWT in which the client says what it wants, signed by it.",
    "requested_token_type": "What is wanted.",
    "resource": "Where the new token shall be used; read by scripts.",
    "response_mode": "How the code travels.",
    "response_type": "What is wanted.",
    "scope": "Scopes, with a space between two.",
    "state": "Comes back as it was sent.",
    "subject_token": "On whose behalf.",
    "subject_token_type": "What the subject token is.",
    "token": "The token that is asked about or given back.",
    "username": "The person's user name.",
    "Accept": "A JWT is answered where it asks for one.",
    NAME: "The person's user name.",
    PASSWORD: "The person's password.",
}

VALUES: Mapping[str, tuple[str, ...]] = {
    "_action": tuple(ACTIONS),
    "actor_token_type": tuple(TOKEN_NAMES),
    "client_assertion_type": (ASSERTION_TYPE,),
    "code_challenge_method": CHALLENGE_METHODS,
    "requested_token_type": tuple(TOKEN_NAMES),
    "response_mode": RESPONSE_MODES,
    "response_type": ("code",),
    "subject_token_type": tuple(TOKEN_NAMES),
}
"""The only values that a parameter can have."""
