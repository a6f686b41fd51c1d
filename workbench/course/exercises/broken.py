"""Judges whether exactly one rule was broken."""

from collections.abc import Iterator

from workbench.course.exercises.look import Look, Observation, missing, right


def exactly_one(look: Look, rule: str) -> Iterator[Observation]:
    """The latest exchange fails at this rule and at no other.

    Args:
        look: The bench after the learner worked on it.
        rule: The rule's statement.
    """
    if not look.decisions:
        yield missing("No exchange was sent yet: wb.client.exchange(…) sends one.")
        return
    failed = [each.rule for each in look.decisions[-1].failures]
    if rule in failed:
        yield right(f"“{rule}” failed.")
    else:
        yield missing(f"“{rule}” did not fail in the last exchange.")
    for each in failed:
        if each != rule:
            yield missing(f"“{each}” failed too; only one rule shall.")
