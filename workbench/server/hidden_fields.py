"""Form fields that nobody sees, in the pages that post a request again."""

from collections.abc import Iterable

from markupsafe import Markup

FIELD = Markup('<input type="hidden" name="{}" value="{}">')


def hidden_fields(pairs: Iterable[tuple[str, str]]) -> Markup:
    """One hidden field a name and value."""
    return Markup("").join(FIELD.format(*pair) for pair in pairs)
