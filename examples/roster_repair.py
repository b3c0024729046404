"""Somebody is ill for three days: the published roster is mended with few changes.

Run with ``python examples/roster_repair.py``; the people are invented.
"""

from roster_home import solved

from rostering import Request, Unavailable, repair

TODAY = 6


def main() -> None:
    """Repair from today on; days before are locked."""
    result, published = solved()
    ill = tuple(Unavailable(staff="S5", day=day) for day in (TODAY, TODAY + 1, TODAY + 2))
    wish = Request(staff="S7", day=TODAY + 3, wanted=False, weight=30)
    mended = repair(
        result.problem,
        published,
        absences=ill,
        requests=(wish,),
        locked_until=TODAY,
        max_changes=6,
        time_limit=2,
    )
    for sentence in mended.sentences():
        print(sentence)
    print(mended.difference.summary())


if __name__ == "__main__":
    main()
