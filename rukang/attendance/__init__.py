"""Presence: expected heads for the roster, real days and pieces for the wages."""

from rukang.attendance.records import (
    AttendanceDay,
    ExpectedAttendance,
    HoursWorked,
    PieceWork,
    Presence,
)

__all__ = ["AttendanceDay", "ExpectedAttendance", "HoursWorked", "PieceWork", "Presence"]
