"""The map of the course agrees with the lessons."""

import json

from workbench.course.lesson_map import LESSONS, course_map, map_html, map_text
from workbench.course.lessons import shipped_lessons


def test_the_map_asks_what_each_lesson_asks() -> None:
    files = {each.stem: each for each in shipped_lessons().glob("*.ipynb")}
    titles = {
        name: json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"]
        for name, path in files.items()
    }

    there = [each for each in LESSONS if each.name in titles]
    assert there
    for each in there:
        assert "".join(titles[each.name]).splitlines()[0] == f"# {each.question}"


def test_the_map_shows_every_lesson_with_a_link_and_its_minutes() -> None:
    html, text = map_html(course_map()), map_text(course_map())

    for each in LESSONS:
        assert f'<a href="{each.name}.ipynb">' in html
        assert f"{each.number}  {each.question} ({each.minutes} min)" in text


def test_the_map_has_the_lessons_that_are_there_and_no_other() -> None:
    there = {each.stem for each in shipped_lessons().glob("*.ipynb")}

    assert there == {each.name for each in LESSONS}
