"""What is held on one person: handed out, kept as long as it must be, and erased."""

from rukang.doors.privacy.erase import Erasure, carry_out_due, erase, every_day, replay_erasures
from rukang.doors.privacy.export import export_person, held_on
from rukang.doors.privacy.retention import Kept, Period, kept_for, load_periods
from rukang.doors.privacy.standing import Asked, Standing, erasures, standing_of, whole_person

__all__ = [
    "Asked",
    "Erasure",
    "Kept",
    "Period",
    "Standing",
    "carry_out_due",
    "erase",
    "erasures",
    "every_day",
    "export_person",
    "held_on",
    "kept_for",
    "load_periods",
    "replay_erasures",
    "standing_of",
    "whole_person",
]
