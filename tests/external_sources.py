"""Every page elsewhere that lessons, README or course link to: when it was read, why.

A test fails on an address that is not here, and on one here that nothing links to. No
test goes there: whoever adds an address reads the page, and writes down what for.
"""

from typing import NamedTuple


class Source(NamedTuple):
    """A page elsewhere.

    Attributes:
        checked: The day on which somebody read it, as ISO 8601 has it.
        of: What it is the source of.
    """

    checked: str
    of: str


SOURCES = {
    "https://github.com/jupyterhub/zero-to-jupyterhub-k8s/pull/1818": Source(
        "2026-11-29", "images can be pulled before a class, by prePuller"
    ),
    "https://pypi.org/project/jupyter-repo2docker": Source(
        "2026-11-29", "an image is made of the files in binder/"
    ),
    "https://pypi.org/project/jupyterhub-idle-culler": Source(
        "2026-11-29", "the scopes that the culler needs"
    ),
}
"""By the address, or what several begin with."""

UNCHANGING = r"https://www\.rfc-editor\.org/rfc/rfc\d+"
"""An RFC is never changed once it is published, so no day says which one was read."""

DOORS = ("https://mybinder.org",)
"""Where somebody may go, and from where nothing is taken."""
