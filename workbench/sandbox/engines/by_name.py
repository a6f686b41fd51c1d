"""The script engine that a bench names."""

from workbench.am.scripts.script import ScriptEngine
from workbench.errors import SettingError
from workbench.sandbox.engines.engine import QuickJSEngine


def engine_named(name: str) -> ScriptEngine:
    """The script engine of a name.

    Raises:
        SettingError: There is no such engine, or it is not installed.
    """
    if name == "rhino":
        from workbench.sandbox.engines.rhino_engine import RhinoEngine

        return RhinoEngine()
    if name == "quickjs":
        return QuickJSEngine()
    raise SettingError(f'engine is {name!r}; it must be "quickjs" or "rhino".')
