"""Every target by its name; files of a workbench that was saved belong here too."""

from collections.abc import Mapping

from tests.fuzz import of_requests, of_texts, of_tokens, whole
from tests.fuzz.target import Target

TARGETS: Mapping[str, Target] = {
    target.name: target
    for module in (of_tokens, of_requests, of_texts, whole)
    for target in module.TARGETS
}
