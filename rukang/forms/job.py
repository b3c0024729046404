"""Long work as what acts bring about."""

from sqlalchemy.orm import Session

from rukang.base.database.find import find
from rukang.base.jobs import Job
from rukang.base.words import Text
from rukang.forms.act import Target


def _find(session: Session, job_id: int) -> Job:
    return find(session, Job, job_id, "任务", "job")


JOB = Target(
    name="job",
    words=Text(zh="任务", en="job"),
    collection="jobs",
    find=_find,
    line=lambda job: Text(zh=f"任务 {job.id}", en=f"job {job.id}"),
)
"""Work that a worker does; whoever asked follows it."""
