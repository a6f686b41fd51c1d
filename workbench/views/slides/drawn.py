"""What a page draws already, as a slide: a flow's messages, a chain's tokens."""

from collections.abc import Sequence as Several

from workbench.am.basics.words import counted, with_article
from workbench.am.tokens.inspection import Inspection
from workbench.views.chain.face import chain_drawings
from workbench.views.chain.picture import picture
from workbench.views.chain.summary import summary
from workbench.views.sequence.face import sequence_svg
from workbench.views.sequence.steps import Sequence
from workbench.views.slides.slide import Slide, fitted, growth


def flow_slide(name: str, sequence: Sequence) -> Slide:
    """Who sends what to whom.

    Args:
        name: Of the file.
        sequence: The messages.
    """
    many = counted(len(sequence.messages), "request")
    told = f"{many}; the last brings {with_article(sequence.messages[-1].reply)}."
    return Slide(name, sequence.title, told, fitted(sequence_svg(sequence)))


def chain_slide(name: str, title: str, tokens: Several[Inspection]) -> Slide | None:
    """Who acts for whom; None where nothing is here that draws it.

    Args:
        name: Of the file.
        title: Whose chain it is.
        tokens: In order of issue.
    """
    found = chain_drawings(tokens)
    if not found:
        return None
    drawn = max(found, key=growth)
    return Slide(name, title, summary(picture(tokens)), fitted(drawn))
