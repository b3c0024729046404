"""Evidence: in parts, twice, out of order; counted only when it is the file announced."""

from __future__ import annotations

import hashlib
import struct
import zlib
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from PIL.ExifTags import GPS, IFD, Base
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rukang.base.database.audit import AuditEntry, write_down
from rukang.base.errors import ConflictError, InvalidError
from rukang.stars.inspections import (
    PART_BYTES,
    Announced,
    announce,
    discard,
    kept_of,
    kind_of_file,
    missing_parts,
    open_evidence,
    own_sheet,
    save_answer,
    save_facts,
    seen_of,
    submit,
    take_part,
)
from rukang.stars.inspections.limits import MB, evidence_limits
from rukang.stars.inspections.records import Evidence, EvidencePart, InspectionSheet
from rukang.stars.inspections.sheet.evidence import stored_bytes
from tests.pictures import a_paper, a_picture
from tests.rukang.engines.rating.tiny import answer
from tests.rukang.stars.inspections.scenario import ANSWERS, FIRST, Round

HEIC = Path(__file__).with_name("noise.heic").read_bytes()
JPEG = a_picture(size=2 * PART_BYTES + 1000)
"""A picture that opens, three parts long."""


def kept(content: bytes) -> bytes:
    """Return what is kept of a file."""
    return kept_of("示例", kind_of_file("示例", content), content)[1]


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
    return own_sheet(round_.session, round_.planned(), FIRST)


def test_parts_come_in_any_order_and_more_than_once(round_: Round) -> None:
    """After each, those still to come are told; the picture read back is the one sent."""
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
    assert open_evidence(round_.session, evidence) == kept(JPEG)


def test_files_are_sealed_at_rest_and_opening_one_is_written_down(round_: Round) -> None:
    """Nothing of the picture is in the database in clear."""
    evidence = announce(round_.session, _sheet(round_), _announced())
    for number, part in enumerate(_parts(JPEG)):
        take_part(round_.session, evidence, number, part)
    stored = round_.session.scalars(select(EvidencePart.content_cipher)).all()
    assert all(part[:40] not in cipher for part in _parts(kept(JPEG)) for cipher in stored)
    open_evidence(round_.session, evidence)
    write_down(round_.session)
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
    ("content", "kind"),
    [
        (a_picture(), "image/jpeg"),
        (a_picture("PNG"), "image/png"),
        (a_paper(), "application/pdf"),
        (a_picture("WEBP"), "image/webp"),
        (HEIC, "image/jpeg"),  # few browsers show HEIC
    ],
)
def test_pictures_and_papers_are_accepted(round_: Round, content: bytes, kind: str) -> None:
    """The kinds a phone makes, and scans."""
    evidence = announce(round_.session, _sheet(round_), _announced(content))
    assert take_part(round_.session, evidence, 0, content) == []
    assert evidence.media_type == kind
    assert evidence.complete_at is not None


def _huge(side: int) -> bytes:
    """Return a small PNG that would unfold into so many pixels squared."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    chunks = [(b"IHDR", head), (b"IDAT", body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (a_picture()[:4] + b"\x55" * 3000, "不是完整的 JPEG"),
        (a_picture()[:-2000], "不是完整的 JPEG"),
        (a_picture("PNG")[:-2000], "不是完整的 PNG"),
        (a_picture("PNG")[:100] + bytes(5000), "不是完整的 PNG"),
        (a_picture("WEBP")[:-2000], "不是完整的 WEBP"),
        (HEIC[:-200], "不是完整的 HEIF"),
        (b"%PDF-1.7\n" + bytes(3000), "不是完整的 PDF"),
        (a_paper()[:200], "不是完整的 PDF"),
        (a_paper("示例"), "有密码"),
        (_huge(8_000), "像素太多，最多 5000 万"),
        (_huge(20_000), "像素太多，最多 5000 万"),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_does_not_open_as_what_it_claims_is_refused(
    round_: Round, content: bytes, message: str
) -> None:
    """Bytes behind the head of a photograph, torn files, locked papers, unfolding pictures."""
    evidence = announce(round_.session, _sheet(round_), _announced(content))
    with pytest.raises(InvalidError, match=message), round_.session.begin_nested():
        take_part(round_.session, evidence, 0, content)
    assert stored_bytes(round_.session, evidence) == 0
    assert evidence.complete_at is None


def _sent(session: Session, sheet: InspectionSheet, content: bytes, criterion: str) -> Evidence:
    evidence = announce(session, sheet, _announced(content, criterion=criterion))
    for number in missing_parts(session, evidence):
        take_part(session, evidence, number, _parts(content)[number])
    return evidence


def _kept(session: Session) -> int:
    return session.scalar(select(func.sum(EvidencePart.size))) or 0


def test_one_file_for_two_criteria_is_kept_once(round_: Round) -> None:
    """Arrived or on its way; taken off for one criterion, it stays for the other."""
    session, sheet = round_.session, _sheet(round_)
    first = _sent(session, sheet, JPEG, "S1")
    second = announce(session, sheet, _announced(criterion="S2"))
    assert missing_parts(session, second) == []
    assert _kept(session) == len(kept(JPEG))
    discard(session, first)
    assert _kept(session) == len(kept(JPEG))
    assert open_evidence(session, second) == kept(JPEG)
    other = a_picture(size=PART_BYTES + 1, seed=2)
    halves = [announce(session, sheet, _announced(other, criterion=c)) for c in ("S1", "S2")]
    assert take_part(session, halves[0], 0, other[:PART_BYTES]) == [1]
    assert take_part(session, halves[1], 1, other[PART_BYTES:]) == []
    assert all(open_evidence(session, one) == kept(other) for one in halves)
    for one in (second, *halves):
        discard(session, one)
    assert _kept(session) == 0


def test_a_sheet_a_home_and_an_account_have_an_end(
    round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Announced files count before they arrive, so nobody fills the disk."""
    session, sheet = round_.session, _sheet(round_)
    small = a_picture("PNG", size=300_000)

    def announced(number: int) -> None:
        content = small + number.to_bytes(2)
        announce(session, sheet, _announced(content))

    for number in range(evidence_limits().sheet_files):
        announced(number)
    with pytest.raises(InvalidError, match=r"这份评分表.*最多 100 份"):
        announced(200)
    assert _kept(session) == 0
    for name, words in (("HOME", "这个机构"), ("ACCOUNT", "您进行中的")):
        monkeypatch.setenv("RUKANG_EVIDENCE_SHEET_FILES", "1000")
        monkeypatch.setenv(f"RUKANG_EVIDENCE_{name}_FILES", "100")
        with pytest.raises(InvalidError, match=f"{words}.*最多 100 份"):
            announced(200)
        monkeypatch.delenv(f"RUKANG_EVIDENCE_{name}_FILES")
    monkeypatch.setenv("RUKANG_EVIDENCE_SHEET_MB", "28")
    with pytest.raises(InvalidError, match=r"28 MB，已有 100 份、28 MB"):
        announced(200)


def test_one_account_keeps_no_more_bytes_than_its_sheets_may(
    round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sending whatever comes, refused or not, leaves at most the limit in the database."""
    monkeypatch.setenv("RUKANG_EVIDENCE_SHEET_MB", "1")
    session, sheet, refused = round_.session, _sheet(round_), 0
    for number in range(12):
        content = a_picture("PNG", side=258, seed=number)
        try:
            _sent(session, sheet, content, "S1")
        except InvalidError:
            refused += 1
    assert refused == 7  # five of 200 kB fit into 1 MB
    assert 5 * 199_000 < _kept(session) <= MB


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"size": 0}, "须为 1 字节"),
        ({"size": 12 * MB + 1}, "12 MB"),
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
    sheet = own_sheet(round_.session, inspection, FIRST)
    evidence = announce(round_.session, sheet, _announced())
    for name, raw in ANSWERS.items():
        save_answer(round_.session, sheet, answer(name, raw), round_.clock())
    save_facts(round_.session, sheet, {"capacity": None})
    with pytest.raises(ConflictError, match=r"1 份佐证材料没有传完：入口\.jpg"):
        submit(round_.as_(FIRST), sheet, seen_of(sheet))
    discard(round_.session, evidence)
    assert round_.session.scalars(select(Evidence)).all() == []
    submit(round_.as_(FIRST), sheet, seen_of(sheet))


def test_a_file_of_another_device_comes_late_and_is_not_lost(round_: Round) -> None:
    """After submission it is kept and marked, and cannot be taken off any more."""
    inspection = round_.planned()
    round_.filled(inspection, FIRST, ANSWERS)
    sheet = own_sheet(round_.session, inspection, FIRST)
    round_.clock.now += timedelta(minutes=1)
    evidence = announce(round_.session, sheet, _announced())
    for number, part in enumerate(_parts(JPEG)):
        take_part(round_.session, evidence, number, part)
    assert evidence.late
    assert open_evidence(round_.session, evidence) == kept(JPEG)
    with pytest.raises(ConflictError, match="不能再改"):
        discard(round_.session, evidence)


def _photograph(kind: str = "JPEG", turned: int = 6, seed: int = 1) -> bytes:
    """Return a picture as a phone takes it: where, when, by whom, and how the phone was held."""
    exif = Image.Exif()
    exif[Base.Orientation] = turned
    exif[Base.Artist] = "ARTIST-ZHANG"
    exif[Base.DateTime] = "2026:03:18 09:00:00"
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSMapDatum: "DATUM-WGS84", GPS.GPSLatitudeRef: "N"})
    with Image.open(BytesIO(a_picture(seed=seed))) as picture:
        target, more = BytesIO(), {"xmp": b"<x:xmpmeta>XMP-CREATOR</x:xmpmeta>"}
        if kind == "JPEG":
            more["comment"] = b"COMMENT-ROOM-3"
        picture.save(target, kind, exif=exif.tobytes(), **more)
    return target.getvalue() + b"FILM-BEHIND-IT"


WRITTEN = (b"ARTIST", b"2026:03", b"DATUM", b"XMP-CREATOR", b"COMMENT", b"FILM")


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_what_a_camera_wrote_into_a_picture_is_not_kept(round_: Round, kind: str) -> None:
    """Place, time, names, comments and what lies behind go; pixels and how it is held stay."""
    content = _photograph(kind)
    assert any(trace in content for trace in WRITTEN)
    evidence = _sent(round_.session, _sheet(round_), content, "S1")
    bare = open_evidence(round_.session, evidence)
    assert [trace for trace in WRITTEN if trace in bare] == []
    assert evidence.sha256 == hashlib.sha256(content).hexdigest()  # of what was sent
    assert evidence.kept_sha256 == hashlib.sha256(bare).hexdigest()
    assert evidence.size == len(bare)
    with Image.open(BytesIO(bare)) as after, Image.open(BytesIO(content)) as before:
        assert dict(after.getexif()) == {Base.Orientation: 6}
        assert (after.size, after.format) == (before.size, kind)
        if kind == "PNG":
            assert after.tobytes() == before.tobytes()
        difference = ImageStat.Stat(ImageChops.difference(after, before.convert(after.mode)))
        assert max(difference.mean) < 12  # of 255, on noise, the hardest there is


def test_time_and_place_of_evidence_are_what_is_declared(round_: Round) -> None:
    """What stands in the picture does not fill them in."""
    session, sheet, content = round_.session, _sheet(round_), _photograph()
    silent = _sent(session, sheet, content, "S1")
    assert (silent.taken_at, silent.latitude, silent.longitude) == (None, None, None)


def test_one_picture_with_and_without_what_a_camera_wrote_is_kept_once(round_: Round) -> None:
    """A photograph and the same passed on by a messenger that took its marks off."""
    session, sheet = round_.session, _sheet(round_)
    whole = _photograph()
    first = _sent(session, sheet, whole, "S1")
    once = _kept(session)
    passed_on = whole + b"-AND-MORE"
    second = _sent(session, sheet, passed_on, "S2")
    assert first.sha256 != second.sha256
    assert first.kept_sha256 == second.kept_sha256
    assert _kept(session) == once
    other = _sent(session, sheet, _photograph(seed=2), "S2")
    assert other.kept_sha256 != first.kept_sha256
    discard(session, first)
    assert open_evidence(session, second) == kept(whole)
    discard(session, other)
    discard(session, second)
    assert _kept(session) == 0


def test_a_picture_kept_before_is_made_bare_when_it_is_opened(round_: Round) -> None:
    """It lies as it came, and nobody reads what a camera wrote into it any more."""
    session, content = round_.session, _photograph()
    evidence = _sent(session, _sheet(round_), content, "S1")
    sealed = session.info["vault"].seal_bytes(content)
    session.scalars(select(EvidencePart)).one().content_cipher = sealed
    evidence.kept_sha256 = None
    session.flush()
    assert open_evidence(session, evidence) == kept(content)


def test_heic_is_shown_as_jpeg(round_: Round) -> None:
    """Every browser opens what is kept; nothing of the camera's is in it."""
    evidence = _sent(round_.session, _sheet(round_), HEIC, "S1")
    with Image.open(BytesIO(open_evidence(round_.session, evidence))) as picture:
        assert (picture.format, dict(picture.getexif())) == ("JPEG", {})
        assert evidence.media_type == "image/jpeg"


def test_a_paper_is_kept_as_it_came(round_: Round) -> None:
    """The same bytes, and one hash."""
    evidence = _sent(round_.session, _sheet(round_), a_paper(), "S1")
    assert open_evidence(round_.session, evidence) == a_paper()
    assert evidence.kept_sha256 == evidence.sha256
