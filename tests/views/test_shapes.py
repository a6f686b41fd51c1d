"""The outlines of roles, as SVG."""

import re

import pytest

from workbench.views.page.roles import ROLES, Role
from workbench.views.page.shapes import Box, outline

BOX = Box(10, -50, 130, -20)


def test_no_two_roles_have_the_same_shape() -> None:
    assert len({outline(role.name, BOX) for role in ROLES}) == len(ROLES)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_shape_fills_its_box_and_no_more(role: Role) -> None:
    points = re.findall(r"(-?[\d.]+),(-?[\d.]+)", outline(role.name, BOX))
    across, down = [float(x) for x, _ in points], [float(y) for _, y in points]

    assert (min(across), max(across)) == (BOX.left, BOX.right)
    assert (min(down), max(down)) == (BOX.top, BOX.bottom)


def test_what_is_no_role_is_a_box() -> None:
    assert outline("", BOX) == outline("client", BOX)
