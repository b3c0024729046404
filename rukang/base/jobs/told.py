"""Why a job failed, in words for people, also where the engine kept something else."""

from __future__ import annotations

from dbos import PortableWorkflowError

from rostering.sheets.masking import masked
from rukang.base import errors
from rukang.base.telling import WRITTEN_FOR_PEOPLE


class JobFailedError(Exception):
    """A job ended without a result; its text is for whoever asked for the job."""


IN_WORDS = {
    kind.__name__
    for kind in (JobFailedError, *WRITTEN_FOR_PEOPLE, *errors.RukangError.__subclasses__())
}
"""Errors written for people, by name: that is what the engine keeps of an error. Those beside the
first are of jobs that an older version ended."""

UNSAID = (
    "任务因内部错误中止，没有保存结果；请重新申请，或联系管理员。"
    " The job ended with an internal fault and stored nothing; ask for it again, or tell the"
    " administrator."
)

OUT_OF_REACH = (
    "数据库长时间连不上，任务已放弃，没有保存结果；请稍后重新申请。"
    " The database could not be reached for hours, so the job was given up and stored nothing;"
    " ask for it again."
)


def kept(error: Exception) -> str:
    """Return what the engine kept of a failure as whoever follows the job may read it.

    Older versions kept errors of the database in their own words, with the statement.
    """
    name = error.name if isinstance(error, PortableWorkflowError) else type(error).__name__
    return masked(str(error)) if name in IN_WORDS else UNSAID
