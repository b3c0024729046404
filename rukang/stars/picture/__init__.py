"""A city's or province's picture: who holds which star, what changed, what is late, what fails."""

from rukang.stars.picture.agreed import agreed, judged_edition, judged_editions
from rukang.stars.picture.counts import Change, Picture, picture
from rukang.stars.picture.failings import Failing, failings
from rukang.stars.picture.late import Late, Matter, late

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
