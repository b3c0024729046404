"""Employers of residents, the terms of each employment, and the tax year so far."""

from rukang.employment.records import DayCount, Employer, Employment, EmploymentKind, Job, TaxToDate

__all__ = ["DayCount", "Employer", "Employment", "EmploymentKind", "Job", "TaxToDate"]
