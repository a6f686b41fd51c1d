"""What would be sent: the parameters, and the same request as code."""

from collections.abc import Iterable

from workbench.agent.client import Draft
from workbench.views.calls.code.languages import LANGUAGES, code_for
from workbench.views.page.html import block, code, escape, page, table
from workbench.views.page.plain import disclosed_value, inline

__all__ = ["LANGUAGES", "preview_html"]


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
    written = block(code_for(draft, language, not whole), urls=True)
    remark = "" if whole else "<small>Secrets are hidden, tokens cut short.</small>"
    pasted = "".join(f"<p>{escape(each)}</p>" for each in notes)
    return page(
        f"<p><b>POST</b> {code(draft.url)}</p>{pasted}{body}"
        f"<p><b>The same as {escape(language)}</b> {remark}</p>{written}"
    )
