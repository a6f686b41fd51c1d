"""What a may_act claim allows, in a sentence.

Source: PingAM 8.1, Token exchange: ``client_id`` is who may exchange the token,
``sub`` whom the actor token must name; without ``sub`` nobody acts visibly.
"""

from collections.abc import Mapping
from typing import Any

from workbench.am.exchange.may_act import members
from workbench.views.page.plain import shorten


def effect(may_act: Any, subject: str) -> str:
    """Who may now do what for the subject.

    Args:
        may_act: The claim as the script gave it.
        subject: Whose token carries it, such as ``data-agent``.
    """
    if not isinstance(may_act, Mapping):
        return "The claim is no object, so nobody may exchange the token."
    clients = _listed(members(may_act, "client_id"))
    actors = _listed(members(may_act, "sub"))
    if not clients:
        return "The claim has no client_id, so nobody may exchange the token."
    if not actors:
        return (
            f"{clients} may exchange the token of {subject} without an actor token: "
            "impersonation, in which nobody sees who acts."
        )
    if clients == subject:
        return f"{clients} may now exchange its own token: it acts for itself."
    if actors == f"(age!{clients})":
        return f"{clients} may now act for {subject}."
    return f"{clients} may exchange the token of {subject}, with {actors} as the actor."


def _listed(values: tuple[Any, ...]) -> str:
    return " or ".join(shorten(value, 60) for value in values)
