"""What scripts never see of a request, so that no secret reaches a script's log."""

HIDDEN_PARAMETERS = frozenset(
    {
        "client_secret",
        "client_assertion",
        "csrf",
        "password",
        "registration_access_token",
    }
)
"""Parameters that scripts never see (measured; of the assertion and
``csrf``, which is the session token, it is inferred)."""

HIDDEN_HEADERS = frozenset(
    {
        "Authorization",
        "Cookie",
        "Proxy-Authorization",
        "X-Openam-Username",
        "X-Openam-Password",
    }
)
"""Headers kept from scripts here."""
