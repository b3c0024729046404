"""A city's or province's picture: who holds which star, what changed, what is late, what fails."""

from rukang.picture.agreed import agreed, judged_edition, judged_editions
from rukang.picture.counts import Change, Picture, picture
from rukang.picture.failings import Failing, failings
from rukang.picture.late import Late, Matter, late

__all__ = [
    "Change",
    "Failing",
    "Late",
    "Matter",
    "Picture",
    "agreed",
    "failings",
    "judged_edition",
    "judged_editions",
    "late",
    "picture",
]
