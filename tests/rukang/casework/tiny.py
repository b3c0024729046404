"""A small course that has every key, the nine courses, and events with what they need filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from rukang.base.calendar import Calendar
from rukang.casework import (
    Budget,
    Course,
    Event,
    Happened,
    Move,
    Projection,
    Rules,
    Unit,
    parse_course,
    replay,
)

COURSES = Path(__file__).parent / "courses"
NINE = sorted(path.stem for path in COURSES.glob("*.yaml"))

TINY = """\
course: permit
edition: "1"
title: {zh: 许可, en: permit}
document: {zh: 示例, en: example}
standing: local
place: "371600"
valid_from: 2026-01-01
valid_to: 2026-12-31
sources:
  law: {zh: 示例法第一条, en: 'Example Law, art. 1', standing: official, valid_from: 2004-07-01}
roles:
  town: {zh: 乡镇, en: township}
  county: {zh: 县级, en: county}
  expert: {zh: 专家, en: expert}
  city: {zh: 市级, en: city}
papers:
  form: {zh: 申请表, en: form}
  photo: {zh: 照片, en: photo}
  note: {zh: 说明, en: note, optional: true}
letters:
  refusal:
    zh: 不予许可告知书
    en: Letter of refusal
    text: {zh: 不予许可。, en: Not permitted.}
remedies:
  review:
    zh: 复议
    en: reconsideration
    to: city
    window: {days: 10, on_expiry: list, source: law}
supplement: {workdays: 3, on_expiry: list, source: law}
steps:
  accept:
    zh: 受理
    en: acceptance
    who: town
    papers: [form, photo, note]
    outcomes:
      ok: {zh: 受理, en: accepted}
      refused: {zh: 不予受理, en: not accepted, adverse: true}
    term: {workdays: 5, on_expiry: deemed, outcome: ok, source: law}
  visit:
    zh: 上门
    en: visit
    who: county
    after: [accept.ok]
    persons: 2
    where: [home, office]
    outcomes:
      fits: {zh: 符合, en: fits}
      away: {zh: 未见到, en: away, tries: 2}
    term: {workdays: 10, on_expiry: list, source: law, extension: 5, warn_days: [3]}
    promised: {workdays: 4, on_expiry: list, source: law}
  advice:
    zh: 专家意见
    en: advice
    who: county
    after: [accept.ok]
    hand_over:
      to: expert
      within: {workdays: 2, on_expiry: list, source: law}
    outcomes:
      good: {zh: 同意, en: good}
      bad: {zh: 不同意, en: bad}
    term: {unknown: true, on_expiry: escalate}
  show:
    zh: 公示
    en: publicity
    who: town
    kind: publicity
    after: [visit.fits, advice.good]
    join: all
    outcomes:
      clear: {zh: 无异议, en: clear}
      objection: {zh: 有异议, en: objection}
    term: {days: 7, on_expiry: next, outcome: clear, source: law, rolls: true}
  decide:
    zh: 决定
    en: decision
    who: county
    kind: decision
    checker: differs
    after: [show, advice.bad, visit.away]
    join: all_live
    outcomes:
      granted: {zh: 准予, en: granted}
      refused: {zh: 不予, en: refused, adverse: true, remedy: review}
    term: {figure: permit.decide, on_expiry: escalate, source: law}
  hold:
    zh: 有效期
    en: validity
    who: town
    after: [decide.granted]
    window: ["01-01", "12-30"]
    run: register
    opens: renewal
    outcomes:
      over: {zh: 到期, en: over}
    term: {until: permit_end, on_expiry: close, outcome: over, warn_days: [30]}
  tell:
    zh: 告知
    en: letter
    who: town
    after: [accept.refused, decide.refused]
    join: any
    letter: refusal
endings:
  granted: {zh: 准予, en: granted}
  refused: {zh: 不予, en: refused}
ends:
  hold.over: granted
  tell: refused
"""

RECORD = """\
  record:
    zh: 存档
    en: record
    who: town
    after: [tell]
"""

LATER = (
    TINY.replace('edition: "1"', 'edition: "2"')
    .replace("valid_from: 2026-01-01\nvalid_to: 2026-12-31", "valid_from: 2027-01-01")
    .replace("{workdays: 10, on_expiry: list,", "{workdays: 7, on_expiry: list,")
    .replace("  tell:\n", f"{RECORD}  tell:\n", 1)
    .replace("  tell: refused", "  record: refused")
)

ORGANS = {"town": "T1", "county": "C1", "expert": "E1", "city": "S1"}
MONDAY = date(2026, 9, 7)
"""The Monday most cases of the tests are opened on; Sunday the 20th is a make-up workday."""


@cache
def course(name: str) -> Course:
    """Return one of the nine."""
    return parse_course((COURSES / f"{name}.yaml").read_text(encoding="utf-8"), name)


@cache
def tiny() -> Course:
    """Return the small course."""
    return parse_course(TINY, "tiny")


@cache
def later() -> Course:
    """Return its next edition: a shorter term and a step more."""
    return parse_course(LATER, "later")


@cache
def rules() -> Rules:
    """Return the rules that every test reads by."""
    early = later().model_copy(update={"valid_from": MONDAY})  # a case goes over in the same week
    courses = [tiny(), early, *map(course, NINE)]
    figures = {"permit.decide": Budget(10, Unit.WORKDAYS)}
    return Rules({one.id: one for one in courses}, Calendar(), figures)


@dataclass
class Case:
    """A case that is told in events: `tell` adds one and reads the case again."""

    course: Course = field(default_factory=tiny)
    organs: dict[str, str] = field(default_factory=lambda: dict(ORGANS))
    day: date = MONDAY
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        opening = {"course": self.course.id, "organs": self.organs, "organ": "T1"}
        self.events.append(self.event("opened", **opening))
        self.now = replay(self.events, rules())

    def event(self, kind: str, step: str | None = None, **given: Any) -> Event:
        """Return an event as the responsible organ would record it at noon of its day."""
        on = given.pop("on", self.day)
        known = getattr(self, "now", None)
        organ = known.steps[step].organ if known and step in known.steps else None
        return Event(
            **{
                "seq": len(self.events) + 1,
                "at": datetime.combine(on, time(12)),
                "on": on,
                "actor": "p1",
                "organ": organ or "T1",
                "kind": Happened(kind),
                "step": step,
                **given,
            }
        )

    def tell(self, kind: str, step: str | None = None, **given: Any) -> Projection:
        """Add an event; nothing is added if it is refused."""
        return self.add(self.event(kind, step, **given))

    def add(self, event: Event) -> Projection:
        """Add an event as it is."""
        self.now = replay([*self.events, event], rules())
        self.events.append(event)
        self.day = max(self.day, event.at.date())
        return self.now

    def make(self, move: Move, **given: Any) -> Event:
        """Return the event of a move, with whatever it needs."""
        filled = {key: FILL[key] for key in move.needs if key in FILL}
        if "papers" in move.needs:
            step, now = self.now.steps[move.step], self.now
            wanted = [p for p in now.course.steps[move.step].papers if p not in now.in_hand]
            again = [p.name for p in now.papers if p.rejected]
            filled["papers"] = tuple(p for p in wanted if p in again or not step.asked)
        if "to" in move.needs:
            filled["to"] = next(o for o in ("E1", "E2") if o != move.organ)
        if "where" in move.needs:
            filled["where"] = self.now.course.steps[move.step].where[0]
        if move.kind is Happened.OBJECTION_DECIDED:
            filled["upheld"] = True
        return self.event(
            move.kind.value,
            move.step,
            **{"outcome": move.outcome, "organ": move.organ, **filled, **given},
        )

    def papers(self) -> Case:
        """Hand in all papers of the course."""
        self.tell("paper_added", papers=tuple(self.now.course.papers))
        return self

    def accepted(self) -> Case:
        """Accept the case: visit and advice begin side by side."""
        self.papers().tell("done", "accept", outcome="ok")
        return self

    def advised(self, outcome: str = "good") -> Case:
        """Have the advice given by the expert."""
        self.tell("offered", "advice", to="E1")
        self.tell("offer_accepted", "advice", organ="E1")
        self.tell("done", "advice", outcome=outcome)
        return self

    def visited(self) -> Case:
        """Have the visit made by two."""
        self.tell("done", "visit", outcome="fits", persons=("p2",), where="home")
        return self

    def shown(self) -> Case:
        """Let the publicity run."""
        self.accepted().advised().visited()
        self.day += timedelta(days=8)
        self.tell("expired", "show")
        return self

    def decided(self, outcome: str = "refused") -> Case:
        """Decide it."""
        self.shown().tell("done", "decide", outcome=outcome, checker="p9", reason="理由 reason")
        return self


FILL: dict[str, Any] = {
    "reason": "理由 reason",
    "checker": "p9",
    "persons": ("p2", "p3"),
    "person": "p4",
    "approver": "p8",
    "ground": "applicant_away",
}
