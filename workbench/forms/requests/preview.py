"""What would be sent: the parameters, and the same request as code."""

from collections.abc import Callable, Iterable, Mapping

from workbench.agent.client import Draft
from workbench.views.calls.curl import curl
from workbench.views.page.html import block, code, escape, page, table
from workbench.views.page.plain import disclosed_value, inline

LANGUAGES: Mapping[str, Callable[..., str]] = {"curl": curl}
"""In what a request is written, each with what writes it."""


def preview_html(
    draft: Draft, language: str, notes: Iterable[str], *, whole: bool
) -> str:
    """The URL, the parameters and the code.

    Args:
        draft: The request.
        language: One of :data:`LANGUAGES`.
        notes: Sentences on what was pasted.
        whole: Show secrets and whole tokens.
    """
    rows = [
        (code(name), code(inline(value if whole else disclosed_value(name, value))))
        for name, value in draft.form
    ]
    body = table(("Parameter", "Value"), rows, caption="Form body", widths=(43, 57))
    written = block(LANGUAGES[language](draft, hidden=not whole), urls=True)
    remark = "" if whole else "<small>Secrets are hidden, tokens cut short.</small>"
    pasted = "".join(f"<p>{escape(each)}</p>" for each in notes)
    return page(
        f"<p><b>POST</b> {code(draft.url)}</p>{pasted}{body}"
        f"<p><b>The same with {escape(language)}</b> {remark}</p>{written}"
    )
