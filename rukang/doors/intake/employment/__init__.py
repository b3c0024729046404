"""04-用工单位: employers, the terms of each employment, and the tax year so far."""

from rukang.doors.intake.employment.forms import BOOK

__all__ = ["BOOK"]
