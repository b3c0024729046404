"""Presence: expected heads for the roster, real days and pieces for the wages."""

from rukang.care.attendance.count import days_marked, has_mark
from rukang.care.attendance.marks import BETWEEN, HALVES, DayMarks, Half, Presence, in_days
from rukang.care.attendance.month import AttendanceRow, attendance_of
from rukang.care.attendance.own import OwnDay, own_days
from rukang.care.attendance.records import (
    AttendanceDay,
    ExpectedAttendance,
    HoursWorked,
    PieceWork,
)

__all__ = [
    "BETWEEN",
    "HALVES",
    "AttendanceDay",
    "AttendanceRow",
    "DayMarks",
    "ExpectedAttendance",
    "Half",
    "HoursWorked",
    "OwnDay",
    "PieceWork",
    "Presence",
    "attendance_of",
    "days_marked",
    "has_mark",
    "in_days",
    "own_days",
]
