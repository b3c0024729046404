"""What the pages show and say."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from httpx import Client

import api.pages
from api.pages import words
from rukang.base.jobs import JobKind, JobState
from rukang.doors.privacy.erase import TREATMENT
from rukang.pay import EntryKind, RunState
from tests.api.house import House

Visit = Callable[[str | None], Client]
PAGES = Path(api.pages.__file__).parent


def test_every_text_has_its_english_and_none_is_left_over() -> None:
    """The catalogue holds just what templates and code say."""
    methods = [("**.py", "python"), ("**.html", "jinja2")]
    keywords = {"t": None, "plain": None, "n_": None}
    said = {message for _, _, message, *_ in extract_from_dir(PAGES, methods, keywords=keywords)}
    with words.CATALOGUE.open("rb") as file:
        kept = {str(m.id): str(m.string) for m in read_po(file) if m.id}
    assert said == set(kept)
    assert all(kept.values())
    for zh, en in kept.items():
        assert re.findall(r"{\w+}", zh) == re.findall(r"{\w+}", en), zh


@pytest.mark.parametrize(
    ("said", "states"),
    [
        (words.RUN_STATES, RunState),
        (words.ENTRY_KINDS, EntryKind),
        (words.JOB_STATES, JobState),
        (words.JOB_KINDS, JobKind),
        (words.HELD, {*TREATMENT, "audit_entry"}),
    ],
)
def test_every_state_has_a_word(said: dict[str, str], states: Collection[str]) -> None:
    """A record in a state nobody named would break the page that lists it."""
    assert set(said) == set(states)


def test_what_is_filled_into_a_text_is_escaped() -> None:
    """A name with markup in it stays a name."""
    assert "<b>" not in words.t("核定 {count} 人", count="<b>")


def test_english_is_marked_as_english() -> None:
    """Screen readers change their voice."""
    assert words.t("退出") == '退出 <span class="en" lang="en">Sign out</span>'


def test_the_roster_is_a_table_with_headers(visit: Visit, house: House) -> None:
    """Caption, scopes, day kinds in words and shortfalls in figures."""
    text = visit("manager").get(f"/rosters/{house.ids['roster_id']}").text
    assert text.count('scope="col"') == 31 + 3
    assert text.count('scope="row"') == 4 + 2
    for piece in ("<caption>", "节<span", "调休上</span>班", "周末", "缺1", "One missing on 6 Oct"):
        assert piece in text


@pytest.mark.parametrize(
    ("who", "shown", "hidden"),
    [
        ("manager", ["rosters", "wages", "ratings"], []),
        ("clerk", ["wages"], ["rosters", "ratings"]),
        ("inspector", ["ratings"], ["rosters", "wages"]),
    ],
)
def test_a_home_shows_what_the_role_is_for(
    visit: Visit, who: str, shown: list[str], hidden: list[str]
) -> None:
    """Sections a visitor may not read are not there."""
    text = visit(who).get("/homes/ZP001").text
    assert all(f'id="{name}"' in text for name in shown)
    assert not any(f'id="{name}"' in text for name in hidden)


def test_only_who_may_make_a_roster_is_offered_to(visit: Visit) -> None:
    """The form lists this month and the next ones."""
    assert 'value="2026-12"' in visit("manager").get("/homes/ZP001").text
    assert 'name="month"' not in visit("officer").get("/homes/ZP001").text


def test_progress_speaks_only_when_the_state_changes(visit: Visit, house: House) -> None:
    """The part htmx fetches repeats the status line only after a change."""
    client, job = visit("manager"), f"/jobs/{house.ids['job_id']}"
    part = {"HX-Request": "true"}
    assert "<html" in client.get(job).text
    same = client.get(f"{job}?was=queued", headers=part).text
    changed = client.get(f"{job}?was=running", headers=part).text
    assert "<html" not in same
    assert 'id="said"' not in same
    assert 'id="said" hx-swap-oob="innerHTML"' in changed


def test_htmx_is_led_to_the_sign_in_form_when_the_token_has_ended(visit: Visit) -> None:
    """A redirect would put the form into the middle of the page."""
    answer = visit(None).get("/jobs/1", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in")


def test_a_refusal_is_a_page_in_both_languages(visit: Visit) -> None:
    """Not JSON, and with a way back."""
    answer = visit("manager").get("/homes/ZP999")
    assert answer.status_code == 404
    assert "没有编号为" in answer.text
    assert "No home has the code" in answer.text


def test_pages_have_no_inline_script_or_style(visit: Visit, house: House) -> None:
    """The content security policy would block them."""
    client = visit("administrator")
    for path in ("/", "/homes/ZP001", f"/rosters/{house.ids['roster_id']}", "/docs", "/sign-in"):
        text = client.get(path).text
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", text), path


def test_a_payslip_is_a_table_with_its_notes(visit: Visit, house: House) -> None:
    """Each item leads to where it comes from; what has to be known stands below."""
    path = f"/payroll-runs/{house.ids['run_id']}/payslips/{house.ids['payslip_id']}"
    text = visit("clerk").get(path).text
    assert f'<a href="{path}/lines/pension_employee"' in text
    assert '<td class="amount">360.32</td>' in text
    assert "缴费基数上下限尚未公布" in text
    assert "this year&#39;s base limits are not published" in text


@pytest.mark.parametrize("asked", [{}, {"to": "approved"}, {"to": "gone"}])
def test_a_step_that_is_none_is_refused(visit: Visit, house: House, asked: dict[str, str]) -> None:
    """Approval goes by its own way; nothing is done in silence."""
    path = f"/payroll-runs/{house.ids['run_id']}"
    answer = visit("clerk").post(f"{path}/steps", data=asked)
    assert (answer.status_code, "to" in answer.text) == (422, True)
    assert 'value="approved"' not in visit("clerk").get(path).text
