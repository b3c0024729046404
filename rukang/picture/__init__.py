"""A city's or province's picture: who holds which star, what changed, what is late, what fails."""

from rukang.picture.agreed import agreed
from rukang.picture.counts import Change, Picture, picture
from rukang.picture.failings import Failing, failings
from rukang.picture.late import Late, late

__all__ = [
    "Change",
    "Failing",
    "Late",
    "Picture",
    "agreed",
    "failings",
    "late",
    "picture",
]
