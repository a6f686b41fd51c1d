"""A page that shows every slide of a folder: static, and from that folder alone."""

from collections.abc import Sequence

from markupsafe import Markup

from workbench.views.page.html import escape
from workbench.views.slides.slide import HEIGHT, WIDTH, Slide

_STYLE = """\
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:1200px;margin:2em auto;padding:0 1em}
img{max-width:100%;height:auto;border:1px solid #8888}
figure{margin:2em 0}"""


def index_html(slides: Sequence[Slide], themes: Sequence[str]) -> str:
    """The page.

    Args:
        slides: In the order in which they are shown.
        themes: The names of those that each is drawn in.
    """
    figures = Markup("").join(_figure(slide, themes) for slide in slides)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<title>Delegation in pictures</title>"
        f"<style>{_STYLE}</style></head><body><h1>Delegation in pictures</h1>"
        "<p>Each picture is a file of 1920 by 1080 for a slide.</p>"
        f"{figures}</body></html>\n"
    )


def _figure(slide: Slide, themes: Sequence[str]) -> Markup:
    shown = file_name(slide, themes[0])
    links = Markup(", ").join(
        Markup('<a href="{0}">{0}</a>').format(file_name(slide, theme))
        for theme in themes
    )
    return Markup(
        '<figure><img src="{}" alt="{}" width="{}" height="{}" loading="lazy">'
        "<figcaption><b>{}</b>: {}</figcaption></figure>\n"
    ).format(shown, escape(slide.told), WIDTH, HEIGHT, escape(slide.title), links)


def file_name(slide: Slide, theme: str) -> str:
    """What the file of a slide is called."""
    return f"{slide.name}-{theme}.svg"
