"""Pictures: every person, shift and broken rule is there, text stays text, no glyph is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from rostering import Cover, Problem, Roster, Unavailable, pictures
from rostering.changes import changed
from rostering.parts import Span
from rostering.pictures.style import letters, looks
from tests.rostering.repair.homes import NAMES, published, week
from tests.rostering.tiny import EARLY, SHIFTS

FONT = Path(__file__).parents[3] / "rukang" / "base" / "papers" / "fonts" / "NotoSansSC-Regular.ttf"
DRAWN = (pictures.grid, pictures.cover, pictures.load)


def home() -> tuple[Problem, Roster]:
    """Return a week with a holiday, a make-up day, leave, cover by time, and a gap."""
    span = Cover(day=0, span=Span(start=480, minutes=60), minimum=1, wanted=2)
    problem = week(
        name="示例小站",
        holidays=(1,),
        make_up_days=(5,),
        unavailable=(Unavailable(staff="D", day=0),),
        cover=(*week().cover, span),
    )
    return problem, changed(published(problem), {("A", 0): None})


def texts(svg: str) -> list[str]:
    """Return the texts of an SVG."""
    root = ET.fromstring(svg)  # noqa: S314
    return ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("draw", DRAWN)
def test_svg_keeps_text_as_text(draw: object) -> None:
    """The SVG has its title and words as text, the same each time, with no machine's date."""
    problem, roster = home()
    assert callable(draw)
    svg = draw(problem, roster).svg()
    assert any("示例小站" in text for text in texts(svg))
    assert "dc:date" not in svg
    assert svg == draw(problem, roster).svg()


def test_grid_shows_people_days_letters_and_marks() -> None:
    """Names, letters, weekdays, the holiday, the make-up day, hours and the broken cover."""
    problem, roster = home()
    found = texts(pictures.grid(problem, roster).svg())
    assert set(NAMES.values()) <= set(found)
    assert found.count("早") == sum(row.count("早") for row in roster.rows) + 1
    assert {"假", "班", "六", "10月 Oct", "0/1", "!", "22.5", "早班 07:00–15:00"} <= set(found)


def test_a_sound_grid_has_no_mark_but_in_the_legend() -> None:
    """Without a broken rule the only exclamation mark is the legend's."""
    problem = week()
    assert texts(pictures.grid(problem, published(problem)).svg()).count("!") == 1


def test_cover_counts_heads_of_shifts_and_spans() -> None:
    """A shift without heads is marked; a span counts shifts that cover it wholly."""
    problem, roster = home()
    found = texts(pictures.cover(problem, roster).svg())
    assert {"0!", "早班", "中班", "08:00–09:00", "0/2!"} <= set(found)


def test_load_tells_hours_outside_their_limits() -> None:
    """Hours above the limit are marked with an exclamation mark, not by colour alone."""
    problem = week()
    tight = week(staff=tuple(p.model_copy(update={"max_minutes": 1350}) for p in problem.staff))
    assert "30!" in texts(pictures.load(tight, published(tight)).svg())
    assert "30!" not in texts(pictures.load(problem, published(problem)).svg())


@pytest.mark.parametrize("draw", DRAWN)
def test_png_with_a_font_that_has_every_glyph(draw: object, tmp_path: Path) -> None:
    """A PNG is written with the font given."""
    problem, roster = home()
    assert callable(draw)
    path = draw(problem, roster).save(tmp_path / "picture.png", FONT)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_png_that_would_lose_glyphs_is_refused(tmp_path: Path) -> None:
    """A font without Chinese is refused with the characters it lacks; so is a missing file."""
    import matplotlib as mpl

    latin = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    picture = pictures.grid(*home())
    with pytest.raises(pictures.FontError, match=r"DejaVuSans\.ttf 缺少：.*早"):
        picture.save(tmp_path / "picture.png", latin)
    with pytest.raises(pictures.FontError, match="there is no such font file"):
        picture.png(tmp_path / "none.ttf")


def test_other_kinds_of_file_are_refused(tmp_path: Path) -> None:
    """Only SVG and PNG are written."""
    with pytest.raises(ValueError, match=r"use \.svg or \.png"):
        pictures.grid(*home()).save(tmp_path / "picture.jpg")


def test_letters_are_told_apart() -> None:
    """Shift types with a common beginning get different letters; nights are dark."""
    many = (*SHIFTS, EARLY.model_copy(update={"id": "早二", "name": "早班二"}))
    problem = week(shift_types=many)
    assert len(set(letters(problem).values())) == len(many)
    assert looks(problem)["夜"].ink != looks(problem)["早"].ink


def test_nobody_and_nothing_can_be_drawn() -> None:
    """A problem without people and cover has pictures too."""
    empty = week(staff=(), cover=())
    for draw in DRAWN:
        assert draw(empty, Roster((), ())).svg().startswith("<?xml")


def test_the_engine_does_without_matplotlib() -> None:
    """``import rostering`` does not load what draws."""
    code = "import sys, rostering; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
