"""The URL of a curl command, which must reach the server as it stands."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from workbench.errors import CommandError

_NOT_IN_URL = re.compile(r"[^!-~]|[\"#<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")


def one_url(found: Sequence[str], *, globs: bool) -> str:
    """The only URL, without its fragment; ``http://`` is curl's guess.

    Args:
        found: What is no option, and the values of --url.
        globs: Whether curl would expand [] and {}.

    Raises:
        CommandError: There is not exactly one, or curl would make several of it.
    """
    if len(found) != 1:
        many = "There is no URL" if not found else "There is more than one URL"
        raise CommandError(
            f"{many} in the command; quote a value that has blanks in it."
        )
    url = found[0].partition("#")[0]
    if globs and set("[]{}") & set(url):
        raise CommandError(
            "curl takes [] and {} in a URL for a pattern of several URLs, which is "
            "not done here. Use -g, or %5B, %5D, %7B and %7D."
        )
    return url if "://" in url else f"http://{url}"


def check_url(url: str) -> None:
    """Refuse a URL that would be changed on its way, or that names no host."""
    wrong = _NOT_IN_URL.search(url)
    if wrong:
        raise CommandError(
            f"The URL has {wrong[0]!r} in it, which is not sent as it stands. "
            "Percent-encode it, or use --data-urlencode with -G."
        )
    try:
        parts = urlsplit(url)
        unfit = not parts.hostname or "@" in parts.netloc or parts.port == 0
    except ValueError:
        unfit = True
    if unfit:
        raise CommandError(
            "The URL needs a host, a port that is a number, and no NAME:PASSWORD@ "
            "in front of it; use -u for that."
        )
