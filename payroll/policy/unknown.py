"""The answer when a figure is not known: what, where, when, why, and how to supply it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from payroll.policy import places
from payroll.policy.parameter import Name, Parameter


@dataclass(frozen=True)
class Missing:
    """One figure nobody has: the parameter, the place, the day, and the reason on file."""

    parameter: Parameter
    place: str
    on: date
    why: Name | None

    @property
    def message(self) -> str:
        """Return the finding in Chinese and English."""
        why = f"\n  原因：{self.why}" if self.why else ""
        return f"{self.words}{why}"

    @property
    def words(self) -> Name:
        """Return the figure, the place and the day in Chinese and English."""
        name, place = self.parameter.name, places.name(self.place)
        return Name(
            zh=f"不知道 {name.zh}（{self.parameter.id}）：{place}（{self.place}），{self.on}",
            en=f"unknown: {name.en} at {self.place} on {self.on}",
        )

    @property
    def snippet(self) -> str:
        """Return what to write in a local file."""
        return (
            f"  - parameter: {self.parameter.id}\n"
            f'    place: "{self.place}"\n'
            f"    from: {self.on}\n"
            f"    value: …  # {self.parameter.unit}, {self.parameter.name.zh}\n"
            f"    document: …  # 文件名称、文号 / title and number of the notice"
        )


class UnknownFigure(LookupError):  # noqa: N818 - it names what happened, as the payslip does
    """Figures that the rules need and nobody has supplied; all of a run at once."""

    def __init__(self, missing: Iterable[Missing]) -> None:
        self.missing = tuple(missing)
        found = "\n".join(item.message for item in self.missing)
        snippets = "\n".join(item.snippet for item in self.missing)
        super().__init__(
            f"{found}\n补充办法：在本地政策文件的 figures: 下写明下列各项，并写明文件和日期 / "
            f"supply in a local policy file, with document and date:\n"
            f"document: …\ndate: {self.missing[0].on}\nfigures:\n{snippets}"
        )
