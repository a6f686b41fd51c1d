"""Whether the official SDK is installed, which is an extra of this package."""

from importlib.util import find_spec

from workbench.errors import WorkbenchError

INSTALL = "pip install 'delegation-workbench[mcp]'"


def require_sdk() -> None:
    """See to it that the SDK is there before anything of it is imported.

    Raises:
        WorkbenchError: It is not; the message has the line that installs it.
    """
    if find_spec("mcp") is None:
        raise WorkbenchError(
            "MCP tools need the official Python SDK, the package mcp, which is not "
            f"installed. {INSTALL} brings it; the kernel then has to be restarted."
        )
