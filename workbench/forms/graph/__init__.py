"""The chain of subject and actors, alive: one can point at a token and choose it."""

from typing import Any

from workbench.forms.graph.plain import PlainGraph

__all__ = ["PlainGraph", "chain_graph"]


def chain_graph() -> Any:
    """An empty graph; ``show`` draws. Without anywidget it is the static picture."""
    try:
        from workbench.forms.graph.alive import ChainGraph
    except ImportError:
        return PlainGraph()
    return ChainGraph()
