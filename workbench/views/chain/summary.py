"""A chain in one sentence."""

from workbench.views.chain import picture as roles
from workbench.views.chain.picture import Picture
from workbench.views.page.left_out import first_names

_LISTED = 3


def summary(what: Picture) -> str:
    """Whom the last token is about and who acts, or who may."""
    actors = [n.name for n in what.nodes if n.role in (roles.CURRENT, roles.EARLIER)]
    acting = [n.name for n in what.nodes if n.role == roles.ACTING]
    subject = what.nodes[0].name if what.nodes else ""
    if actors:
        said = _delegation(subject, actors)
    elif acting:
        said = f"The token is about {subject}; nothing in it says {acting[0]} acts"
    else:
        alone = [n.name for n in what.nodes if n.role in (roles.SUBJECT, roles.ITSELF)]
        verb = "acts as itself" if len(alone) == 1 else "act as themselves"
        said = f"{_listed(alone)} {verb}"
    return f"{'; '.join([said, *_permissions(what)])}."


def _delegation(subject: str, actors: list[str]) -> str:
    said = (
        f"The token is about {subject}; {actors[-1]} acts, the only actor that counts"
    )
    earlier = actors[-2::-1] if len(actors) > 1 else []
    return f"{said}; before it: {_listed(earlier)}" if earlier else said


def _permissions(what: Picture) -> list[str]:
    return [
        f"{what.nodes[edge.target].name} may act for {what.nodes[edge.source].name}"
        for edge in what.edges
        if edge.allowed
    ]


def _listed(names: list[str]) -> str:
    if len(names) > _LISTED + 1:
        names = first_names(names, _LISTED)
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
