"""The hand-worked page in the documentation and the golden cases say the same."""

from pathlib import Path

from payroll import fen, yuan
from payroll.policy.reading import read_yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "worked-example.md").read_text(encoding="utf-8")
CASES = read_yaml(Path(__file__).parent / "golden" / "demo_home.yaml")["cases"]


def test_every_asserted_amount_is_on_the_page() -> None:
    """Each person's section shows each amount asserted for that person."""
    sections = PAGE.split("\n## ")
    for case in CASES:
        worker = case["worker"]["id"]
        section = next(part for part in sections if f"（{worker}）" in part.splitlines()[0])
        missing = [
            code
            for code, amount in case["expected"].items()
            if amount and str(yuan(fen(amount))) not in section
        ]
        assert missing == [], worker


def test_the_people_are_named_alike() -> None:
    """Names on the page are those of the cases."""
    assert all(case["worker"]["name"] in PAGE for case in CASES)
