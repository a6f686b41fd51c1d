"""Every lab, in the order of the lesson, found by its name."""

from workbench.am.basics.validation import name_instead
from workbench.course.labs import (
    chains,
    clients_and_grants,
    scripts,
    tools,
    what_it_is_for,
    whose_tokens,
)
from workbench.course.labs.attack_lab import Lab
from workbench.errors import SettingError

LABS: dict[str, Lab] = {
    each.slug: each
    for module in (
        whose_tokens,
        chains,
        scripts,
        what_it_is_for,
        tools,
        clients_and_grants,
    )
    for each in module.LABS
}


def lab_named(slug: str) -> Lab:
    """The lab of this name.

    Raises:
        SettingError: There is none.
    """
    if slug not in LABS:
        raise SettingError(
            f"There is no lab {slug!r}. {name_instead(str(slug), LABS)}", about="slug"
        )
    return LABS[slug]
