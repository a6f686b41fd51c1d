"""Which URIs a client can have people sent back to, and which name its sector."""

from urllib.parse import urlsplit

from workbench.errors import RegistrationError


def is_redirection_uri(text: str) -> bool:
    """Whether it is absolute and has no fragment (RFC 6749 section 3.1.2)."""
    try:
        parts = urlsplit(text)
    except ValueError:  # such as an IPv6 address without its end
        return False
    whole = bool(parts.scheme) and "#" not in text
    return whole and " " not in text and text.isprintable()


def is_sector_uri(text: str) -> bool:
    """Whether it has the scheme https and a host, as a sector identifier needs."""
    if not is_redirection_uri(text):
        return False
    parts = urlsplit(text)
    return parts.scheme == "https" and bool(parts.hostname)


def check_redirection_uri(uri: str) -> None:
    """Refuse what nobody can be sent back to.

    Raises:
        RegistrationError: It is not absolute, or has a fragment.
    """
    if not is_redirection_uri(uri):
        raise RegistrationError(
            f"{uri!r} is not a redirection URI: it needs a scheme, such as "
            "https://, and no fragment (RFC 6749 section 3.1.2).",
            about="redirection_uris",
        )


def check_sector_uri(uri: str) -> None:
    """Refuse what names no sector.

    Raises:
        RegistrationError: It has another scheme than https, or no host.
    """
    if not is_sector_uri(uri):
        raise RegistrationError(
            f"{uri!r} is not a sector identifier URI: it "
            "needs https:// and a host (OpenID Connect Core section 8.1).",
            about="sector_identifier_uri",
        )
