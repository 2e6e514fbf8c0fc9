"""Today's work on homes: one table, in the order in which a record is listed under a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from carers.domain.fostering_limit import USUAL_LIMIT
from carers.domain.lateness import counted, day_month
from carers.domain.roles import Role
from carers.domain.temporary_approvals import Alert
from carers.domain.today_work import Asked, Due, HoldOfToday, HomeOfToday, Target, Whose, Work

WORKER = frozenset({Role.SUPERVISING_SOCIAL_WORKER})
PLACEMENTS = frozenset({Role.PLACEMENTS_OFFICER})
MANAGER = frozenset({Role.TEAM_MANAGER})
SILENCE = timedelta(weeks=2)  # until a manager asks why nobody has confirmed a home


def confirm_by(confirmed_on: date | None, approved_on: date, days: int) -> date:
    """The last day on which a position is not stale; a home never confirmed is, from approval."""
    if confirmed_on is None:
        return approved_on - timedelta(days=1)
    return confirmed_on + timedelta(days=days)


def _confirmation(home: HomeOfToday, asked: Asked) -> date:
    days = asked.standards.confirmation_days
    return confirm_by(home.confirmed_on, home.approved_on, days)


def _due(home: HomeOfToday, asked: Asked) -> Due:
    return _confirmation(home, asked)


def _is_stale(home: HomeOfToday, asked: Asked) -> bool:
    return asked.day > _confirmation(home, asked)


def _silence_ends(home: HomeOfToday, asked: Asked) -> date:
    """The last day of two weeks without a word, which are no shorter than the service's own."""
    heard_on = home.confirmed_on or home.approved_on
    return max(heard_on + SILENCE, _confirmation(home, asked))


def _silence_due(home: HomeOfToday, asked: Asked) -> Due:
    return _silence_ends(home, asked)


def _is_silent(home: HomeOfToday, asked: Asked) -> bool:
    return home.has_places and asked.day > _silence_ends(home, asked)


def _could_be_rung(home: HomeOfToday, asked: Asked) -> bool:
    return home.vacant > 0 and _is_stale(home, asked)


def _to_confirm(home: HomeOfToday, _: Asked) -> bool:
    return home.has_places


def _is_nobodys(_: HomeOfToday, __: Asked) -> bool:
    return True


def _confirmed_words(home: HomeOfToday, asked: Asked) -> str:
    vacant = f"{counted(home.vacant, 'vacant place')}."
    if home.confirmed_on is None:
        return f"Never confirmed. {vacant}"
    ago = counted((asked.day - home.confirmed_on).days, "day")
    return f"Last confirmed {day_month(home.confirmed_on, asked.day)}, {ago} ago. {vacant}"


def _first_hold(home: HomeOfToday) -> HoldOfToday:
    return min(home.holds, key=lambda hold: hold.expected_until_on)


def _has_a_hold(home: HomeOfToday, _: Asked) -> bool:
    return bool(home.holds)


def _hold_ends(home: HomeOfToday, _: Asked) -> Due:
    return _first_hold(home).expected_until_on


def _hold_words(home: HomeOfToday, asked: Asked) -> str:
    hold = _first_hold(home)
    if hold.closed:
        places = counted(hold.places, "place is", "places are")
        return f"Search {hold.closed} is closed, and {places} reserved for it still."
    expected = day_month(hold.expected_until_on, asked.day)
    return f"{counted(hold.places, 'place')} on hold, {hold.reason}: expected back on {expected}."


def _is_over_limit(home: HomeOfToday, _: Asked) -> bool:
    return home.over_limit is not None


def _exempt_by(home: HomeOfToday, _: Asked) -> Due:
    """The last day on which an exemption was in time: before the last of the children came."""
    return home.over_limit.since - timedelta(days=1) if home.over_limit else None


def _limit_words(home: HomeOfToday, _: Asked) -> str:
    number = home.over_limit.children if home.over_limit else 0
    return (
        f"{number} children live there, over the usual fostering limit of {USUAL_LIMIT}, and no"
        " exemption names them all."
    )


def _over_limit() -> Iterator[Work[HomeOfToday]]:
    """For whoever has the home, and for the team manager (RULES 2.2)."""
    for roles, whose in ((WORKER, Whose.MINE), (MANAGER, Whose.ANYBODYS)):
        yield Work(
            "over_limit",
            "exemption",
            roles,
            whose,
            "Get an exemption for {who}",
            Target.LIMIT,
            _is_over_limit,
            _exempt_by,
            _limit_words,
        )


def _asks_for(alert: Alert) -> Callable[[HomeOfToday, Asked], bool]:
    return lambda home, asked: (
        home.temporary is not None and (home.temporary.alert_on(asked.day) is alert)
    )


def _approval_ends(home: HomeOfToday, _: Asked) -> Due:
    return home.temporary.last_on if home.temporary else None


def _approval_words(home: HomeOfToday, asked: Asked) -> str:
    return f"{home.temporary.in_words(asked.day)}." if home.temporary else ""


def _temporary(
    alert: Alert, title: str, *, weeks: int, is_soon: bool
) -> Iterator[Work[HomeOfToday]]:
    """For whoever has the home, and for the team manager."""
    for roles, whose in ((WORKER, Whose.MINE), (MANAGER, Whose.ANYBODYS)):
        yield Work(
            f"temporary_{alert.value}",
            "temporary_approval",
            roles,
            whose,
            title,
            Target.HOUSEHOLD,
            _asks_for(alert),
            _approval_ends,
            _approval_words,
            ahead=7 * weeks,
            is_soon=is_soon,
        )


def _undated(_: HomeOfToday, __: Asked) -> Due:
    return None


def _nobody(_: HomeOfToday, __: Asked) -> str:
    return "Nobody has this home."


HOME_WORK: tuple[Work[HomeOfToday], ...] = (
    Work(
        "confirm",
        "confirmation",
        WORKER,
        Whose.MINE,
        "Confirm {who}",
        Target.CONFIRM,
        _to_confirm,
        _due,
        _confirmed_words,
        ahead=0,
        is_stale=True,
    ),
    Work(
        "ring_first",
        "confirmation",
        PLACEMENTS,
        Whose.ANYBODYS,
        "Ring {who} first",
        Target.HOUSEHOLD,
        _could_be_rung,
        _due,
        _confirmed_words,
        is_stale=True,
    ),
    Work(
        "two_weeks_silence",
        "confirmation",
        MANAGER,
        Whose.ANYBODYS,
        "Ask for {who} to be confirmed",
        Target.HOUSEHOLD,
        _is_silent,
        _silence_due,
        _confirmed_words,
        is_stale=True,
    ),
    Work(
        "bring_back",
        "hold",
        WORKER,
        Whose.MINE,
        "Bring back places at {who}",
        Target.HOLDS,
        _has_a_hold,
        _hold_ends,
        _hold_words,
        is_by=False,
    ),
    Work(
        "allocate_home",
        "allocation",
        MANAGER,
        Whose.NOBODYS,
        "Give {who} to a supervising social worker",
        Target.HOUSEHOLD,
        _is_nobodys,
        _undated,
        _nobody,
    ),
    *_over_limit(),
    *_temporary(Alert.ENDS, "Approve {who}, or move the child", weeks=2, is_soon=True),
    *_temporary(
        Alert.EXTEND, "Extend the temporary approval of {who}, or end it", weeks=2, is_soon=True
    ),
    *_temporary(Alert.PANEL, "Book a panel for {who}", weeks=4, is_soon=False),
)
