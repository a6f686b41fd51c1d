"""Who may call each tool, to be read and changed by the tool's name."""

from collections.abc import Iterator, Mapping, MutableMapping

from workbench.am.basics.validation import name_instead
from workbench.course.apis.policy import ApiPolicy
from workbench.errors import SettingError


class ToolPolicies(MutableMapping[str, ApiPolicy]):
    """A policy for each tool that there is, and for no other.

    Args:
        first: Those that it begins with.
    """

    def __init__(self, first: Mapping[str, ApiPolicy]) -> None:
        self._policies = dict(first)

    def __getitem__(self, tool: str) -> ApiPolicy:
        self._require(tool)
        return self._policies[tool]

    def __setitem__(self, tool: str, policy: ApiPolicy) -> None:
        self._require(tool)
        self._policies[tool] = policy

    def __delitem__(self, tool: str) -> None:
        raise SettingError(f"{tool} keeps a policy; assign one that names nobody else.")

    def __iter__(self) -> Iterator[str]:
        return iter(self._policies)

    def __len__(self) -> int:
        return len(self._policies)

    def __contains__(self, tool: object) -> bool:
        return tool in self._policies

    def _require(self, tool: str) -> None:
        if tool not in self._policies:
            known = name_instead(tool, self._policies)
            raise SettingError(f"There is no tool {tool!r}. {known}")

    def __repr__(self) -> str:
        return f"<ToolPolicies {', '.join(self._policies)}>"
