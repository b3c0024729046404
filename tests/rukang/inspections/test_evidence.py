"""Evidence: in parts, twice, out of order; counted only when it is the file announced."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from rukang.database.audit import AuditEntry
from rukang.errors import ConflictError, InvalidError
from rukang.inspections import (
    PART_BYTES,
    Announced,
    announce,
    discard,
    missing_parts,
    open_evidence,
    own_sheet,
    save_answer,
    submit,
    take_part,
)
from rukang.inspections.evidence import LARGEST
from rukang.inspections.records import Evidence, EvidencePart, InspectionSheet
from tests.rukang.inspections.scenario import ANSWERS, FIRST, Round
from tests.rukang.rating.tiny import answer

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(251)) * (2 * PART_BYTES // 251 + 4)
"""Bytes that begin as a photograph does, three parts long."""


def _announced(content: bytes = JPEG, **changes: object) -> Announced:
    values: dict[str, object] = {
        "criterion": "S1",
        "name": "入口.jpg",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return Announced(**{**values, **changes})  # type: ignore[arg-type]


def _parts(content: bytes) -> list[bytes]:
    return [content[at : at + PART_BYTES] for at in range(0, len(content), PART_BYTES)]


def _sheet(round_: Round) -> InspectionSheet:
    return own_sheet(round_.planned(), FIRST)


def test_parts_come_in_any_order_and_more_than_once(round_: Round) -> None:
    """After each, those still to come are told; the file read back is the one sent."""
    sheet = _sheet(round_)
    evidence = announce(round_.session, sheet, _announced(latitude=Decimal("37.4")))
    parts = _parts(JPEG)
    assert missing_parts(round_.session, evidence) == [0, 1, 2]
    assert take_part(round_.session, evidence, 2, parts[2]) == [0, 1]
    assert take_part(round_.session, evidence, 2, parts[2]) == [0, 1]
    assert announce(round_.session, sheet, _announced()).id == evidence.id
    assert take_part(round_.session, evidence, 0, parts[0]) == [1]
    assert evidence.complete_at is None
    assert take_part(round_.session, evidence, 1, parts[1]) == []
    assert evidence.complete_at == round_.clock()
    assert (evidence.media_type, evidence.latitude) == ("image/jpeg", Decimal("37.4"))
    assert open_evidence(round_.session, evidence) == JPEG


def test_files_are_sealed_at_rest_and_opening_one_is_written_down(round_: Round) -> None:
    """Nothing of the picture is in the database in clear."""
    evidence = announce(round_.session, _sheet(round_), _announced())
    for number, part in enumerate(_parts(JPEG)):
        take_part(round_.session, evidence, number, part)
    stored = round_.session.scalars(select(EvidencePart.content_cipher)).all()
    assert all(part[:40] not in cipher for part, cipher in zip(_parts(JPEG), stored, strict=True))
    open_evidence(round_.session, evidence)
    opened = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "open")
    assert round_.session.scalar(opened) == 1


def test_a_damaged_file_is_sent_again(round_: Round) -> None:
    """One byte differs from what was announced: all parts are asked for anew."""
    evidence = announce(round_.session, _sheet(round_), _announced())
    damaged = JPEG[:-1] + bytes([JPEG[-1] ^ 1])
    for number, part in enumerate(_parts(damaged)):
        left = take_part(round_.session, evidence, number, part)
    assert left == [0, 1, 2]
    assert evidence.complete_at is None
    with pytest.raises(ConflictError, match="没有传完"):
        open_evidence(round_.session, evidence)


@pytest.mark.parametrize(
    ("content", "kind"), [(b"MZ" + b"\x00" * 500, "msdownload"), (b"just words", "未知类型")]
)
def test_a_file_of_another_kind_is_refused(round_: Round, content: bytes, kind: str) -> None:
    """By its first bytes, whatever its name says."""
    evidence = announce(round_.session, _sheet(round_), _announced(content))
    with pytest.raises(InvalidError, match=f"不是可接受的文件.*{kind}"):
        take_part(round_.session, evidence, 0, content)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    ],
)
def test_pictures_and_papers_are_accepted(round_: Round, head: bytes, kind: str) -> None:
    """The kinds a phone makes, and scans."""
    content = head + b"\x00" * 300
    evidence = announce(round_.session, _sheet(round_), _announced(content))
    take_part(round_.session, evidence, 0, content)
    assert evidence.media_type == kind


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"size": 0}, "须为 1 字节"),
        ({"size": LARGEST + 1}, "12 MB"),
        ({"criterion": "X9"}, "没有指标 X9"),
    ],
)
def test_what_cannot_be_a_file_of_this_sheet_is_refused(
    round_: Round, changes: dict[str, object], message: str
) -> None:
    """Empty, too large, or for no criterion of the edition."""
    with pytest.raises(InvalidError, match=message):
        announce(round_.session, _sheet(round_), _announced(**changes))


@pytest.mark.parametrize(
    ("number", "size", "message"),
    [(3, 5, "没有第 3 段"), (-1, 5, "没有第 -1 段"), (0, PART_BYTES - 1, "应有 262144 字节")],
)
def test_a_part_has_its_number_and_its_size(
    round_: Round, number: int, size: int, message: str
) -> None:
    """A cut-off part is asked for again."""
    evidence = announce(round_.session, _sheet(round_), _announced())
    with pytest.raises(InvalidError, match=message):
        take_part(round_.session, evidence, number, JPEG[:size])


def test_a_sheet_waits_for_its_evidence(round_: Round) -> None:
    """A file on the way holds the submission; taken off, or arrived, it does not."""
    inspection = round_.planned()
    sheet = own_sheet(inspection, FIRST)
    evidence = announce(round_.session, sheet, _announced())
    for name, raw in ANSWERS.items():
        save_answer(round_.session, sheet, answer(name, raw), round_.clock())
    seen = {name: round_.clock() for name in ANSWERS}
    with pytest.raises(ConflictError, match=r"1 份佐证材料没有传完：入口\.jpg"):
        submit(round_.session, sheet, seen, FIRST)
    discard(round_.session, evidence)
    assert round_.session.scalars(select(Evidence)).all() == []
    submit(round_.session, sheet, seen, FIRST)
    with pytest.raises(ConflictError, match="不能再改"):
        announce(round_.session, sheet, _announced())
