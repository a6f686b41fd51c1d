"""What a realm is called, and the forms of URL that it is reached by.

PingAM 8.1, "Specify realms in REST API calls": the whole path from the top level, each
realm after the word ``realms``. The form without that word is older; AIC publishes its
issuer so.
"""

import re
from functools import lru_cache

from workbench.errors import SettingError

TOP = "/"
"""The path of the Top Level Realm."""

ROOT = "root"
"""What a URL calls it."""

NAME = re.compile(r"[A-Za-z0-9._-]+\Z")

OAUTH2 = "/oauth2"

ISSUER = re.compile(r"(?P<base>\w+://[^/]*.*?)/oauth2(?P<realm>/.*)?\Z")

RESERVED = frozenset(
    {
        *("agents", "api", "applications", "applicationtypes"),
        *("authenticate", "cache", "conditiontypes", "dashboard"),
        *("decisioncombiners", "docs", "email", "global-audit"),
        *("global-config", "groups", "health", "metrics"),
        *("policies", "push", "realm-audit", "realm-config"),
        *("realms", "records", "resourcetypes", "root"),
        *("scripts", "selfservice", "serverinfo", "sessions"),
        *("subjectattributes", "subjecttypes", "things", "timetravel"),
        *("token", "tokens", "users", "."),
        *("..",),
    }
)
"""No realm's name: AM's own endpoints (PingAM 8.1, "Configure realms in the UI"), and
what a URL means something else by."""


def realm_path(name: str) -> str:
    """A realm's path, such as ``/alpha``, of its name with or without the slash.

    Sub-realms follow their realm, as in ``/alpha/sub``; ``/`` and ``root`` are the
    top level.

    Raises:
        SettingError: It cannot be one.
    """
    if name in (TOP, ROOT, f"/{ROOT}"):
        return TOP
    names = name.removeprefix("/").split("/") if isinstance(name, str) else [""]
    for each in names:
        if not NAME.match(each) or each.lower() in RESERVED:
            raise SettingError(
                "A realm's name has letters, digits, '.', '_' and '-', and is none of "
                f"AM's endpoints; not {name!r}."
            )
    return f"/{'/'.join(names)}"


def url_forms(path: str) -> tuple[str, str]:
    """What stands for a realm in a URL: with the word ``realms``, and without."""
    names = [each for each in path.split("/") if each]
    worded = "".join(f"/realms/{each}" for each in (ROOT, *names))
    return worded, "".join(f"/{each}" for each in names)


def path_in(form: str) -> str:
    """The realm's path that one of these forms stands for, if it is one."""
    names = form.split("/")[1:]
    if names[:2] == ["realms", ROOT]:
        names = names[3::2]
    return f"/{'/'.join(names)}"


@lru_cache(maxsize=64)
def issuers(issuer: str) -> tuple[str, ...]:
    """Every issuer that a realm has, by the form of URL it is asked by; this first.

    Args:
        issuer: Any one of them.
    """
    parts = ISSUER.match(issuer)
    if parts is None:
        return (issuer,)
    path = path_in(parts["realm"] or "")
    forms = (f"{parts['base']}{OAUTH2}{form}" for form in url_forms(path))
    return tuple(dict.fromkeys((issuer, *forms)))


def organization(path: str) -> str:
    """A realm as its directory knows it, with the base DN of a default installation."""
    names = [each for each in path.split("/") if each]
    within = "".join(f"o={each}," for each in reversed(names))
    return f"{within}ou=services,ou=am-config" if names else "ou=am-config"
