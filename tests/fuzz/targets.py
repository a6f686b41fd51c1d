"""Every target by its name."""

from collections.abc import Mapping

from tests.fuzz import of_requests, of_saved, of_texts, of_tokens, whole
from tests.fuzz.target import Target

TARGETS: Mapping[str, Target] = {
    target.name: target
    for module in (of_tokens, of_requests, of_texts, of_saved, whole)
    for target in module.TARGETS
}
