"""Refuse a month that cannot be right, with every problem of every person at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from payroll.month import Month
from payroll.worker import Insurance, WorkerMonth


@dataclass(frozen=True)
class Problem:
    """Something wrong with one person's month and how to mend it."""

    worker: str
    field: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.worker}（{self.field}）：{self.zh} / {self.en}"


class RefusedInput(ValueError):  # noqa: N818 - it names what happened
    """The month was not computed; every reason is listed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def refuse(problems: Iterable[Problem]) -> None:
    """Raise if there is any problem.

    Raises
    ------
    RefusedInput
        Naming all of them.
    """
    if found := tuple(problems):
        raise RefusedInput(found)


def problems(month: Month, workers: Sequence[WorkerMonth]) -> Iterator[Problem]:
    """Find what is wrong with the inputs of a month."""
    counted = Counter((worker.employer, worker.id) for worker in workers)
    for (employer, person), times in counted.items():
        if times > 1:
            yield Problem(
                person, "id", f"在单位 {employer} 下出现 {times} 次，只能有一条", "listed twice"
            )
    for worker in workers:
        for check in (_employment, _days, _pay, _insurance, _tax):
            yield from check(month, worker)


def _employment(month: Month, worker: WorkerMonth) -> Iterator[Problem]:
    if worker.joined > month.last:
        yield Problem(
            worker.id,
            "joined",
            f"{worker.joined} 才入职，不应出现在 {month}；请核对入职日期或月份",
            f"joined after {month}; check the date or the month",
        )
    if worker.left is not None and worker.left < max(month.first, worker.joined):
        yield Problem(
            worker.id,
            "left",
            f"{worker.left} 已离职，不应出现在 {month}，也不能早于入职日",
            f"left before {month} or before joining",
        )


def _days(month: Month, worker: WorkerMonth) -> Iterator[Problem]:
    accounted = worker.paid_days + worker.unpaid_days
    days = (
        f"应出勤 {worker.scheduled_days}，计薪 {worker.paid_days}，"
        f"本人原因缺勤 {worker.unpaid_days}"
    )
    by_time = worker.contract or worker.agreed_wage_fen is not None
    if by_time and not worker.scheduled_days:
        yield Problem(
            worker.id,
            "scheduled_days",
            "须填写应出勤天数，月工资和最低工资按它折算",
            "the scheduled days are needed to prorate wage and minimum",
        )
    elif accounted > worker.scheduled_days:
        yield Problem(
            worker.id, "paid_days", f"{days}：合计超过应出勤", "more days than were scheduled"
        )
    elif accounted < worker.scheduled_days and whole_month(month, worker):
        yield Problem(
            worker.id,
            "paid_days",
            f"{days}：还差 {worker.scheduled_days - accounted} 天没有记录；"
            "没有记录不等于缺勤，请补记",
            "days without a record; no record is not an absence",
        )


def _pay(_month: Month, worker: WorkerMonth) -> Iterator[Problem]:
    hours = sum(worker.overtime.model_dump().values())
    if hours and worker.agreed_wage_fen is None:
        yield Problem(
            worker.id,
            "overtime",
            "没有约定月工资，无法折算加班工资；请填写约定月工资",
            "overtime is paid on the agreed monthly wage, which is missing",
        )
    if worker.contract and worker.agreed_wage_fen is None and not worker.pieces:
        yield Problem(
            worker.id,
            "agreed_wage_fen",
            "既无约定月工资，也无计件记录；请至少填写一项",
            "neither an agreed wage nor pieces",
        )


def _insurance(_month: Month, worker: WorkerMonth) -> Iterator[Problem]:
    if worker.insured and not worker.contract:
        yield Problem(
            worker.id,
            "insured",
            "服务协议没有劳动关系，不能由单位参加五险；意外险请填 accident_insurance_fen",
            "no labour relation: enter accident insurance instead",
        )
    if worker.insured and worker.declared_base_fen is None:
        yield Problem(
            worker.id,
            "declared_base_fen",
            "参保职工须填写申报基数（上年月平均工资；新职工为约定工资）",
            "an insured worker needs a declared base",
        )
    if Insurance.INJURY in worker.insured and worker.injury_rate is None:
        yield Problem(
            worker.id,
            "injury_rate",
            "须填写单位自己的工伤保险费率，见社保经办机构的核定通知",
            "the employer's own work-injury rate is needed, see its notice",
        )


def _tax(month: Month, worker: WorkerMonth) -> Iterator[Problem]:
    if worker.contract and worker.tax_year is None:
        yield Problem(
            worker.id,
            "tax_year",
            "劳动合同职工须填写本年累计数（任职月数、收入、已扣税等）",
            "the year so far is needed for cumulative withholding",
        )
    elif worker.tax_year is not None and worker.tax_year.months_employed > month.month:
        yield Problem(
            worker.id,
            "tax_year",
            f"本年任职 {worker.tax_year.months_employed} 个月，超过了 {month}",
            "more months than the year has had",
        )


def whole_month(month: Month, worker: WorkerMonth) -> bool:
    """Return whether the employment covers every day of the month."""
    return worker.joined <= month.first and (worker.left is None or worker.left >= month.last)
