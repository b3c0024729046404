"""Read courses from YAML: every fault with line and column, and several editions beside each other.

Only `read_course_files` opens a path, and only one that a person on the machine named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

from pydantic import ValidationError

from rukang.base.definitions import (
    DocumentError,
    Fault,
    Text,
    faults_of,
    in_file_order,
    read_document,
)
from rukang.base.divisions import leading, lies_in
from rukang.base.errors import InWordsError
from rukang.casework.course import EVERYWHERE, Course
from rukang.casework.lint import lint


class CourseError(InWordsError, ValueError):
    """A course that cannot be read or used; the message names every fault."""

    faults: tuple[Fault, ...] = ()

    @classmethod
    def of(cls, name: str, faults: Sequence[Fault]) -> CourseError:
        """Return the error of a text with faults."""
        many = f"{len(faults)} 处不符 / {len(faults)} faults"
        error = cls("\n".join([f"{name}: {many}", *(f"  {fault}" for fault in faults)]))
        error.faults = tuple(faults)
        return error


def parse_course(text: str, name: str) -> Course:
    """Return the course written in YAML text; `name` is used in messages only.

    Raises
    ------
    CourseError
        With every fault of its form, or else of its sense, at its line and column.
    """
    course, faults = examine(text)
    if course is None or faults:
        raise CourseError.of(name, faults)
    return course


def examine(text: str) -> tuple[Course | None, list[Fault]]:
    """Return the course in a text, if its form is one, and everything that is wrong with it."""
    try:
        document = read_document(text)
    except DocumentError as error:
        return None, list(error.faults)
    try:
        course = Course.model_validate(document.content)
    except ValidationError as error:
        return None, faults_of(document, Course, error)
    return course, in_file_order(document.fault(one.where, one.said) for one in lint(course))


def read_course_files(paths: Iterable[Path]) -> dict[str, Course]:
    """Return the courses of YAML files by `Course.id`, for people on the machine.

    Raises
    ------
    CourseError
        If a file cannot be read, has a fault, or two do not go together (`together`).
    """
    courses = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            told = f"{path}: 打不开 / cannot be read ({type(error).__name__})"
            raise CourseError(told) from error
        courses.append(parse_course(text, str(path)))
    return together(courses)


def together(courses: Iterable[Course]) -> dict[str, Course]:
    """Return courses by `Course.id`.

    Raises
    ------
    CourseError
        If two have one name and edition, or two editions of one place hold on one day.
    """
    listed = list(courses)
    if faults := [fault for pair in combinations(listed, 2) for fault in _clash(*pair)]:
        raise CourseError.of("；".join(dict.fromkeys(one.course for one in listed)), faults)
    return {course.id: course for course in listed}


def edition_on(courses: Mapping[str, Course], name: str, place: str, day: date) -> Course:
    """Return the edition under which a case is opened on a day: that of the nearest place.

    Parameters
    ----------
    place
        Division code; an edition of a place above it holds unless it has one of its own.

    Raises
    ------
    CourseError
        If none holds there on that day.
    """
    found = [
        course
        for course in courses.values()
        if course.course == name and course.holds_on(day) and _covers(course, place)
    ]
    if not found:
        known = ", ".join(sorted(one.id for one in courses.values() if one.course == name))
        raise CourseError(
            Text(
                zh=f"{place} 在 {day} 没有流程 {name} 的有效版本（现有：{known or '无'}）；"
                "请补充该日有效的版本",
                en=f"no edition of {name} holds in {place} on {day} (there are:"
                f" {known or 'none'}); add one that is valid on that day",
            )
        )
    return max(found, key=lambda course: len(_digits(course)))


def _covers(course: Course, place: str) -> bool:
    return not _digits(course) or lies_in(place, course.place)


def _digits(course: Course) -> str:
    """Return the digits that all places of a course share; none of one that holds everywhere."""
    return "" if course.place == EVERYWHERE else leading(course.place)


def _clash(one: Course, other: Course) -> Iterator[Fault]:
    if one.course != other.course:
        return
    if one.id == other.id:
        yield Fault(
            zh=f"{one.id} 出现两次，请改 edition",
            en=f"{one.id} stands twice; change the edition of one",
        )
    elif one.place == other.place and _same_days(one, other):
        yield Fault(
            zh=f"{one.id} 与 {other.id} 在 {one.place} 有效期重叠，请在较早的版本写 valid_to",
            en=f"{one.id} and {other.id} hold in {one.place} on the same days; give the older one"
            " its valid_to",
        )


def _same_days(one: Course, other: Course) -> bool:
    return max(one.valid_from, other.valid_from) <= min(
        one.valid_to or date.max, other.valid_to or date.max
    )
