"""A trainer's class: codes in files as people send them, and what is made of them."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas
import pytest

from workbench.course.classes.gradebook import COLUMNS, roll_csv, roll_json, roll_text
from workbench.course.classes.roll import read_roll
from workbench.course.standing.code import ClassCodeError, written
from workbench.course.standing.parts import CoursePart, Task, parts

COMMAND = [sys.executable, "-m", "workbench", "class"]
PARTS = (
    CoursePart("01", "One?", (Task("1.1", "a"), Task("1.2", "b"))),
    CoursePart("labs", "Attack labs", (Task("x", "x"),)),
)


def code(name: str, *solved: str, day: int = 29) -> str:
    return written(name, solved, PARTS, today=date(2026, 11, day))


ADA, BOB = code("Ada", "1.1", "x"), code("Bob", "1.1", "1.2")


def real(name: str, *solved: str) -> str:
    return written(name, solved, parts(), today=date(2026, 11, 29))


def run(
    *arguments: str, given: str | None = None
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *arguments],
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={k: v for k, v in os.environ.items() if k != "WORKBENCH_CLASS_KEY"},
    )


@pytest.mark.parametrize(
    "text",
    [
        f"{BOB}\n{ADA}\n",
        f"\ufeffname,code\r\nBob,{BOB}\r\nAda,{ADA}\r\n",
        f"code;name\n{ADA};Ada\n{BOB};Bob\n",
        f"# spring\n\nAda\t{ADA}\nBob\t{BOB.lower()}\n",
        f'"Bob","{BOB}"\n"Ada","{ADA}"',
    ],
)
def test_codes_are_read_as_people_send_them(text: str) -> None:
    roll = read_roll(text.encode(), PARTS)

    assert [each.name for each in roll.learners] == ["Ada", "Bob"]
    assert roll.bad == ()


def test_a_bad_line_is_named_with_its_place_and_the_reason() -> None:
    text = f"{ADA}\nhello\n{BOB[:-1]}\nBob,{ADA},{BOB}\n"

    roll = read_roll(text.encode(), PARTS)

    assert [(each.line, each.text[:5]) for each in roll.bad] == [
        (2, "hello"),
        (3, "WB1-A"),
        (4, "Bob,W"),
    ]
    assert "no code stands here" in roll.bad[0].reason
    assert "two codes stand here" in roll.bad[2].reason
    assert "✗ Line 2 (hello)" in roll_text(roll, PARTS)


def test_the_later_of_two_codes_of_one_learner_counts() -> None:
    later = code("ada", "1.1", "1.2", day=30)

    (ada,) = read_roll(f"{later}\n{ADA}".encode(), PARTS).learners

    assert ada.handed_in.solved == {"1.1", "1.2"}
    assert ada.remark == "handed in on lines 1 and 2; the later counts"


def test_somebody_elses_code_is_remarked() -> None:
    roll = read_roll(f"Bob,{ADA}".encode(), PARTS)

    assert roll.learners[0].remark == "the code is of Ada"
    assert "Look at line 1, Bob: the code is of Ada." in roll_text(roll, PARTS)


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (b"", "has no code"),
        (b"\n# nothing\n", "has no code"),
        (b"name,code\n", "has no code"),
        (b"a\n\xff\xfe", "Line 2 is not UTF-8"),
        (b"x" * 2_000_001, "more than 2,000,000 octets"),
    ],
)
def test_a_file_that_is_no_class_is_refused(octets: bytes, said: str) -> None:
    with pytest.raises(ClassCodeError, match=said):
        read_roll(octets, PARTS)


@pytest.mark.parametrize("line", ['"', "\0", "WB1" * 999, ",,,,", "a" * 200_000])
def test_a_hostile_line_is_a_bad_line(line: str) -> None:
    assert len(read_roll(line.encode(), PARTS).bad) == 1


def test_the_table_has_a_count_for_each_lesson_and_in_all() -> None:
    text = roll_text(read_roll(f"{ADA}\n{BOB}".encode(), PARTS), PARTS)

    assert text.splitlines()[:4] == [
        "Name  Date        01  labs  Total",
        "Ada   2026-11-29  1   1     2",
        "Bob   2026-11-29  2   0     2",
        "of                2   1     3",
    ]


def test_pandas_reads_the_columns_that_nbgrader_writes() -> None:
    text = roll_csv(read_roll(f"{ADA}\n{BOB}".encode(), PARTS), PARTS)

    frame = pandas.read_csv(io.StringIO(text))

    assert tuple(frame.columns) == COLUMNS
    scores = frame.pivot(index="student_id", columns="assignment", values="score")
    assert scores.loc["Ada"].to_dict() == {"01": 1.0, "labs": 1.0}
    assert scores.loc["Bob"].to_dict() == {"01": 2.0, "labs": 0.0}
    assert set(frame["max_score"]) == {2.0, 1.0}


def test_a_name_is_no_formula_in_a_spreadsheet() -> None:
    roll = read_roll(code("=1+2, x").encode(), PARTS)

    (row, _) = csv.DictReader(io.StringIO(roll_csv(roll, PARTS)))

    assert row["student_id"] == "'=1+2, x"


def test_the_json_has_the_class_and_the_bad_lines() -> None:
    told = roll_json(read_roll(f"{ADA}\nno".encode(), PARTS), PARTS)

    assert told["learners"][0]["by_part"] == {"01": 1, "labs": 1}
    assert told["parts"]["01"] == {"title": "One?", "most": 2}
    assert told["bad"][0]["line"] == 2


def test_the_command_prints_a_table_and_succeeds(tmp_path: Path) -> None:
    file = tmp_path / "codes.txt"
    file.write_text(f"{real('Ada', '1.1')}\n")

    done = run("verify", str(file))

    assert (done.returncode, done.stderr) == (0, "")
    assert "Ada" in done.stdout and "Learners: 1." in done.stdout


def test_the_command_names_bad_lines_and_fails(tmp_path: Path) -> None:
    done = run("verify", "-", given=f"{real('Ada')}\n\x1b[31mred\n")

    assert done.returncode == 1
    assert "✗ Line 2 (␛[31mred): no code stands here" in done.stdout


def test_the_command_writes_csv_and_json_for_programs() -> None:
    given = f"{real('Ada', '1.1')}\nbad\n"

    table, told = (
        run("verify", "-", "--csv", given=given),
        run("verify", "-", "--json", given=given),
    )

    assert table.stdout.splitlines()[0] == ",".join(COLUMNS)
    assert "workbench: ✗ Line 2 (bad)" in table.stderr
    assert json.loads(told.stdout)["learners"][0]["solved"] == ["1.1"]
    assert {table.returncode, told.returncode} == {1}


def test_the_command_takes_the_class_key() -> None:
    given = written("Ada", {"1.1"}, parts(), key="spring")

    assert run("verify", "-", given=given).returncode == 1
    assert run("verify", "-", "--key", "spring", given=given).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["verify", "none.txt"], "none.txt cannot be read"),
        (["verify", "."], ". cannot be read"),
        (["verify", "-", "--exercises", "none.py"], "There is no file none.py"),
        (["verify", "-"], "Standard input: It has no code"),
        (["template", "/nowhere/x.py"], "cannot be written"),
        (["template", "."], "is there already"),
        (["verify", "-", "--csv", "--json"], "not allowed with"),
        (["verfy", "x"], "did you mean verify?"),
        ([], "ACTION"),
    ],
)
def test_a_command_that_cannot_be_carried_out_says_why(
    arguments: list[str], said: str
) -> None:
    done = run(*arguments, given="")

    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_template_is_written_once_and_loads(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"

    assert run("template", str(file)).returncode == 0
    again = run("template", str(file))

    assert again.returncode == 1 and "is there already" in again.stderr
    given = real("Ada")
    assert run("verify", "-", "--exercises", str(file), given=given).returncode == 0


def test_a_terminal_gets_the_table_in_whole_lines(tmp_path: Path) -> None:
    file = tmp_path / "codes.txt"
    file.write_text(f"{real('Ada', '1.1')}\nbad\n")
    primary, secondary = pty.openpty()

    status = subprocess.run(
        [*COMMAND, "verify", str(file)],
        stdin=secondary,
        stdout=secondary,
        stderr=secondary,
        env={**os.environ, "TERM": "xterm"},
        timeout=60,
        check=False,
    ).returncode
    os.close(secondary)
    said = os.read(primary, 100_000).decode()
    os.close(primary)

    assert status == 1
    assert "Ada " in said
    assert "\x1b[31m✗\x1b[0m Line 2 (bad)" in said
