"""Workbooks in: each checked whole, then stored whole or not at all.

`import_workbooks` takes the workbooks a home keeps (docs/workbooks.md describes every sheet and
column); `read_score_sheet` reads a filled score sheet for the rating engine.
"""

from rukang.doors.intake.answers.score_sheet import read_score_sheet
from rukang.doors.intake.service import Imported, NotAllImportedError, import_workbooks, in_words

__all__ = ["Imported", "NotAllImportedError", "import_workbooks", "in_words", "read_score_sheet"]
