"""The worked flows of the vendor's pages, with names and scripts of our own."""

from workbench.am.basics.validation import name_instead
from workbench.course.use_cases.agent_for_agent import AGENT_FOR_AGENT
from workbench.course.use_cases.agent_for_user import AGENT_FOR_USER
from workbench.course.use_cases.autonomous_agent import AUTONOMOUS_AGENT
from workbench.course.use_cases.use_case import UseCase
from workbench.errors import WorkbenchError

USE_CASES = {
    each.name: each for each in (AGENT_FOR_AGENT, AGENT_FOR_USER, AUTONOMOUS_AGENT)
}


def use_case(name: str) -> UseCase:
    """The use case of this name.

    Raises:
        WorkbenchError: There is none.
    """
    if name not in USE_CASES:
        raise WorkbenchError(
            f"There is no use case {name!r}. {name_instead(name, USE_CASES)}"
        )
    return USE_CASES[name]
