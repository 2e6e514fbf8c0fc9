"""The register in time: terms within their household's approval, one at a time, without a gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from carers.domain.period import Period
from carers.domain.register import Approval
from carers.domain.segments import Segment
from carers.exchange.columns import SERVICE
from carers.exchange.findings import Report, Row
from carers.exchange.records import Record, Records

A_DAY = timedelta(days=1)


def check_people_at_work(records: Records, report: Report) -> None:
    """An email is one account, and an account is once in a service."""
    by_email: dict[tuple[Record | None, str], Record] = {}
    for user in sorted(records.current("users"), key=lambda one: one.row.line if one.row else 0):
        other = by_email.setdefault((user.service, user["email"]), user)
        if other is not user and user.row is not None:
            problem = f"the email of {other.ref} too, in the same service"
            report.fault(user.row, "email", problem, "one row for each person in a service")


def check_targets(records: Records, report: Report, not_whole: set[str]) -> None:
    """A segment’s schemes are the service’s own."""
    for target in records.current("targets"):
        if target.row is None or "schemes" in not_whole:
            continue
        for code in Segment.parse(target["segment"], target["measure"]).values("scheme"):
            if records.find("schemes", target.service, code) is None:
                problem = f"there is no scheme with the code {code} in the service"
                report.fault(target.row, "segment", problem, "scheme:CODE of a row of schemes.csv")


def check_terms(records: Records, report: Report, not_whole: set[str]) -> None:
    """The terms of each household that the folder touches."""
    terms_of = records.by("terms", "household_id")
    touched = touched_homes(records)
    unsound = {one["household_id"] for one in records.all_of("terms") if not one.is_sound}
    for home in touched:
        terms = sorted(terms_of.get(home, ()), key=lambda one: one["from_on"])
        _one_at_a_time(home, terms, report)
        for one in terms:
            _within(home, one, report)
        if home["approval"] is Approval.FULL:
            if not terms and home not in unsound and "terms" not in not_whole:
                _none_at_all(home, records, report)
            _gaps(home, terms, report)


def touched_homes(records: Records) -> list[Record]:
    """Households of which the folder has a row, theirs or one that is of them, each once."""
    homes: dict[Record, None] = {}
    for record in records.taken():
        home = record if record.file.name == "households" else record["household_id"]
        if home is not None and home.is_sound:
            homes[home] = None
    return list(homes)


def row_of(*records: Record) -> Row | None:
    """The first of these that the folder has a row of: the others cannot be mended in it."""
    return next((record.row for record in records if record.row is not None), None)


def may_tell(row: Row, *others: Record) -> bool:
    """Whether a message beside a row may quote these: of its service, or in the folder too."""
    return all(
        other.row is not None
        or other.service is None
        or other.service.ref == row.cells.get(SERVICE)
        for other in others
    )


def _one_at_a_time(home: Record, terms: Sequence[Record], report: Report) -> None:
    reaching: Record | None = None
    for one in terms:
        period = _period(one)
        if period.is_empty:
            continue
        if reaching is not None and _period(reaching).overlaps(period):
            row = row_of(one, reaching)
            if row is not None:
                first = one["from_on"]
                problem = f"two terms are in force on {first} for household {home.ref}"
                expected = f"an until_on in the earlier row, such as {first}"
                report.fault(row, None, problem, expected)
        if reaching is None or _ends_later(one, reaching):
            reaching = one


def _period(record: Record) -> Period:
    return Period(record["from_on"], record["until_on"])


def _ends_later(one: Record, other: Record) -> bool:
    if other["until_on"] is None:
        return False
    return one["until_on"] is None or bool(one["until_on"] > other["until_on"])


def _within(home: Record, terms: Record, report: Report) -> None:
    """Before the household ended; terms without an end end with it."""
    ended: date | None = home["ended_on"]
    row = row_of(terms, home)
    if ended is None or row is None:
        return
    is_of_one_day = home["approved_on"] == ended == terms["from_on"]
    when = f" on {ended}" if may_tell(row, home) else " before"
    if terms["from_on"] >= ended and not is_of_one_day:
        column, begins = "from_on", terms["from_on"]
        problem = f"household {home.ref} ended{when}, and terms of it begin on {begins}"
        expected = "a day before the household’s ended_on"
    elif terms["until_on"] is not None and terms["until_on"] > ended:
        column, until = "until_on", terms["until_on"]
        problem = f"household {home.ref} ended{when}, and terms of it go on until {until}"
        expected = "the household’s ended_on or earlier, or an empty cell: terms end with it"
    else:
        return
    report.fault(row, "ended_on" if row is home.row else column, problem, expected)


def _none_at_all(home: Record, records: Records, report: Report) -> None:
    void = [one for one in records.all_of("terms") if one["household_id"] is home]
    row = row_of(home, *void)
    if row is not None:
        problem = f"household {home.ref} has full approval and no terms"
        report.fault(row, None, problem, "a row of terms.csv for it, or another approval")


def _gaps(home: Record, terms: Sequence[Record], report: Report) -> None:
    for found in _findings(home, terms):
        record, column, sentence = found
        row = row_of(record, home, *terms)
        if row is not None:
            report.finding(row, column if row is record.row else None, sentence)


def _findings(home: Record, terms: Sequence[Record]) -> Iterator[tuple[Record, str, str]]:
    """Times without places, and terms from before the approval (EXCHANGE, Findings)."""
    approved: date = home["approved_on"]
    reached: date | None = approved
    last: Record = home
    for one in terms:
        begins: date = one["from_on"]
        if begins < approved:
            words = f"terms of household {home.ref} begin on {begins}, before its approval"
            yield one, "from_on", f"{words} on {approved}: they count from then"
        if reached is not None and begins > reached:
            yield one, "from_on", _no_terms(home, reached, begins)
        reached = (
            None if reached is None or one["until_on"] is None else max(reached, one["until_on"])
        )
        last = one if reached == one["until_on"] else last
    ended: date | None = home["ended_on"]
    if terms and reached is not None and (ended is None or reached < ended):
        yield last, "until_on", _no_terms(home, reached, ended)


def _no_terms(home: Record, first: date, until: date | None) -> str:
    if until is None:
        days = f"from {first} on"
    else:
        days = f"from {first} to {until - A_DAY}" if until - A_DAY > first else f"on {first}"
    places = "no places on those days" if days[:2] == "fr" else "no places on that day"
    return f"household {home.ref} has no terms {days}: {places}"
