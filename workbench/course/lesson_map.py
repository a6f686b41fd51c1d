"""The map of the course: every lesson's question, where it is, how long it takes."""

from dataclasses import dataclass

from markupsafe import Markup

from workbench.views.page.attached import attach_printed
from workbench.views.page.html import escape, page, table


@dataclass(frozen=True, slots=True)
class LessonOnMap:
    """One lesson.

    Attributes:
        name: Of its file, without ``.ipynb``; begins with its number.
        question: Its title.
        minutes: What it takes at an ordinary pace, exercises included.
    """

    name: str
    question: str
    minutes: int

    @property
    def number(self) -> str:
        """In two digits."""
        return self.name[:2]


@dataclass(frozen=True, slots=True)
class CourseMap:
    """The lessons in their order."""

    lessons: tuple[LessonOnMap, ...]


LESSONS = (
    LessonOnMap(
        "00_start_here", "What does it mean that an agent acts for another?", 10
    ),
    LessonOnMap("01_agent_for_agent", "Who may act for data-agent?", 30),
    LessonOnMap("02_agent_for_user", "May hr-agent act for bjensen?", 25),
    LessonOnMap(
        "03_autonomous_agent",
        "May an agent let itself in, and raise its own privileges?",
        25,
    ),
    LessonOnMap("04_may_act_scripts", "What may a may act script say?", 30),
    LessonOnMap("05_reading_a_refusal", "Why was it refused?", 25),
    LessonOnMap("06_impersonation", "Impersonation or delegation?", 20),
    LessonOnMap("07_chains", "Who acted before the one who acts now?", 25),
    LessonOnMap("08_mcp_tools", "May this tool be called for data-agent?", 25),
    LessonOnMap("09_time", "What becomes of a delegated token as time goes by?", 25),
    LessonOnMap("10_a_person_agrees", "Must a person agree first?", 20),
    LessonOnMap("11_attack_lab", "Which rule stops which attack?", 60),
    LessonOnMap("12_profiles", "What would another server have said?", 20),
    LessonOnMap("13_plugin_scripts", "What else can a script change?", 25),
)


def course_map() -> CourseMap:
    """All lessons, with a link to each; shows itself in a notebook."""
    return CourseMap(LESSONS)


def map_html(shown: CourseMap) -> str:
    """A row a lesson, its question a link to its notebook."""
    rows = [
        (
            each.number,
            Markup('<a href="{}.ipynb">{}</a>').format(
                escape(each.name), escape(each.question)
            ),
            each.minutes,
        )
        for each in shown.lessons
    ]
    return page(table(("Lesson", "Question", "Minutes"), rows, caption="The course"))


def map_text(shown: CourseMap) -> str:
    """The same as text."""
    rows = [f"{x.number}  {x.question} ({x.minutes} min)" for x in shown.lessons]
    return "\n".join(["The course", *rows])


attach_printed(CourseMap, map_html, map_text)
