"""Whether a file is what it claims, and a picture without what a camera wrote into it.

The first bytes tell the kind; a few bytes in front of anything else would pass for a photograph.
So pictures are decoded whole and papers are opened. A picture is kept as its pixels alone: where a
photograph was taken, when, with which device and by whom stands in it unseen (EXIF, XMP, comments,
a film behind it), and whoever may read a sheet would read that too. Time and place of evidence are
what its sender declares.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import filetype
import pi_heif
from PIL import Image, JpegImagePlugin
from PIL.ExifTags import Base
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from rostering.sheets.masking import shown
from rukang.base.errors import InvalidError

ACCEPTED = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "image/heic": "HEIC",
    "application/pdf": "PDF",
}

DECODERS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
}
"""Pillow's names."""

MOST_PIXELS = 50_000_000
"""Pixels of a picture: four times a phone's; a small file can unfold into gigabytes."""

KEPT_QUALITY = 90
"""For kinds that cannot be written again as finely as they were: HEIC (kept as JPEG) and WebP."""

TURNED = range(2, 9)
"""Ways in which a camera may have been held; 1 is upright. It decides how a picture is shown."""

SHOWN_BY = ("icc_profile", "transparency")
"""What a picture needs beside its pixels to look as it did."""

UNDECODED = (
    OSError,
    SyntaxError,  # Pillow's word for a broken PNG
    ValueError,
    IndexError,
    struct.error,
    zlib.error,
)

UNOPENED = (
    PyPdfError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    zlib.error,
)
"""What a mangled paper makes its reader raise."""

pi_heif.register_heif_opener()


def kind_of_file(name: str, first: bytes) -> str:
    """Return the media type of a file by its first bytes.

    Raises
    ------
    InvalidError
        If it is of no accepted kind.
    """
    found = filetype.guess_mime(first)
    if found not in ACCEPTED:
        kinds = "、".join(ACCEPTED.values())
        raise InvalidError(
            f"{shown(name)} 不是可接受的文件（识别为 {found or '未知类型'}）；请用 {kinds}。",
            f"{shown(name)} is of no accepted kind (it looks like {found or 'nothing known'});"
            f" use {', '.join(ACCEPTED.values())}.",
        )
    return str(found)


def kept_of(name: str, media_type: str, content: bytes) -> tuple[str, bytes]:
    """Return a file as it is kept, and its media type: a picture bare, a paper as it came.

    What one picture becomes is always the same, so that the same twice is still found. JPEG and PNG
    keep every pixel (JPEG by its own tables); HEIC, which few browsers show, becomes JPEG.

    Raises
    ------
    InvalidError
        If the picture does not decode or has too many pixels; if the paper does not open, has no
        page, or wants a password.
    """
    if media_type == "application/pdf":
        _open_paper(name, content)
        return media_type, content
    return _bare(name, media_type, content)


def _bare(name: str, media_type: str, content: bytes) -> tuple[str, bytes]:
    decoder, target = DECODERS[media_type], BytesIO()
    try:
        with Image.open(BytesIO(content), formats=[decoder]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise _unfolding(name)
            picture.load()
            more = {key: picture.info[key] for key in SHOWN_BY if picture.info.get(key)}
            more |= _turned(picture)
            if isinstance(picture, JpegImagePlugin.JpegImageFile):
                more |= {
                    "qtables": picture.quantization,
                    "subsampling": JpegImagePlugin.get_sampling(picture),
                }
            pixels = picture.copy()
    except Image.DecompressionBombError as error:
        raise _unfolding(name) from error
    except UNDECODED as error:
        raise _broken(name, decoder) from error
    pixels.info = {}  # Pillow writes a comment found here again
    if media_type == "image/heic":
        media_type, decoder = "image/jpeg", "JPEG"
        pixels = pixels.convert("RGB")
    pixels.save(target, decoder, **({} if "qtables" in more else {"quality": KEPT_QUALITY}), **more)
    return media_type, target.getvalue()


def _turned(picture: Image.Image) -> dict[str, bytes]:
    """Return how the camera was held, as the only thing kept of what it wrote."""
    try:
        turned = picture.getexif().get(Base.Orientation)
    except UNDECODED:
        return {}  # what cannot be read is not kept either
    if turned not in TURNED:
        return {}
    only = Image.Exif()
    only[Base.Orientation] = turned
    return {"exif": only.tobytes()}


def _unfolding(name: str) -> InvalidError:
    most = MOST_PIXELS // 10_000
    return InvalidError(
        f"{shown(name)} 像素太多，最多 {most} 万；请缩小后再传。",
        f"{shown(name)} has too many pixels, at most {MOST_PIXELS:,} fit; shrink it.",
    )


def _open_paper(name: str, content: bytes) -> None:
    try:
        reader = PdfReader(BytesIO(content))
        locked = reader.is_encrypted
        pages = 0 if locked else len(reader.pages)
    except UNOPENED as error:
        raise _broken(name, "PDF") from error
    if locked:
        raise InvalidError(
            f"{shown(name)} 有密码，无法查看；请去掉密码后再传。",
            f"{shown(name)} wants a password; send it without.",
        )
    if not pages:
        raise _broken(name, "PDF")


def _broken(name: str, kind: str) -> InvalidError:
    return InvalidError(
        f"{shown(name)} 不是完整的 {kind} 文件，打不开；请重新拍摄或扫描后再传。",
        f"{shown(name)} is no whole {kind} file and does not open; take or scan it again.",
    )
