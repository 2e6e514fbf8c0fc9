"""The register as a frame: every fully approved home, in spells of one type and so many places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, select

from carers.db import db
from carers.domain.period import Days
from carers.domain.register import Approval, ArrivedBy, CarerType, EndInitiator, EndReason
from carers.domain.standing import Granted, Standing, standings
from carers.domain.viewer import Viewer
from carers.models import FosteringService, Household, Terms

if TYPE_CHECKING:
    import pandas as pd

TRANSFERS_IN = frozenset({ArrivedBy.TRANSFER_FROM_LA, ArrivedBy.TRANSFER_FROM_IFA})
TRANSFERS_OUT = frozenset({EndInitiator.TRANSFER_TO_LA, EndInitiator.TRANSFER_TO_IFA})
PERMANENCE = frozenset({EndReason.ADOPTED, EndReason.BECAME_SPECIAL_GUARDIAN})

DAYS = ("approved_on", "ended_on", "from_on", "until_on")
FLAGS = ("is_transfer_in", "is_transfer_out", "is_permanence", "is_first", "is_last")
WHOLE, KNOWN = ("places", "prior_places"), ("age_min", "age_max")
TYPES = {
    **dict.fromkeys(WHOLE, "int64"),
    **dict.fromkeys(KNOWN, "float64"),
    **dict.fromkeys(FLAGS, "bool"),
}


class Recorded(NamedTuple):
    """A home with one row of its terms; a home has as many of these as it has terms."""

    id: UUID
    service: str
    ref: str
    approved_on: date
    ended_on: date | None
    arrived_by: ArrivedBy | None
    end_initiated_by: EndInitiator | None
    end_reason: EndReason | None
    from_on: date
    until_on: date | None
    carer_type: CarerType
    places: int
    age_min: int | None = None
    age_max: int | None = None


class Spell(NamedTuple):
    """A row of the frame. ``prior_…`` are of the spell before, none in the first of a home."""

    id: UUID
    service: str
    ref: str
    approved_on: date
    ended_on: date | None
    is_transfer_in: bool
    is_transfer_out: bool
    is_permanence: bool
    from_on: date
    until_on: date | None
    carer_type: str
    places: int
    age_min: float | None
    age_max: float | None
    is_first: bool
    is_last: bool
    prior_type: str | None
    prior_places: int


def load(viewer: Viewer) -> pd.DataFrame:
    """The spells of every fully approved home the viewer sees, in one statement."""
    return frame(recorded(viewer))


def recorded(viewer: Viewer) -> Iterator[Recorded]:
    """Every fully approved home the viewer sees, with its terms, in one statement."""
    home, terms = Household, Terms
    query = (
        select(
            home.id,
            FosteringService.code,
            home.ref,
            home.approved_on,
            home.ended_on,
            home.arrived_by,
            home.end_initiated_by,
            home.end_reason,
            terms.from_on,
            terms.until_on,
            terms.carer_type,
            terms.places,
            terms.age_min,
            terms.age_max,
        )
        .join(FosteringService, FosteringService.id == home.service_id)
        .join(
            terms,
            and_(
                terms.household_id == home.id,
                terms.is_current,
            ),
        )
        .where(home.service_id.in_(viewer.service_ids), home.approval == Approval.FULL)
        .order_by(FosteringService.code, home.ref, home.id, terms.from_on)
    )
    return (Recorded(*row) for row in db.session.execute(query))


def frame(recorded: Iterable[Recorded]) -> pd.DataFrame:
    """Homes and their terms as spells, in the order given; rows of one home stand together."""
    import pandas as pd

    made = pd.DataFrame(list(spells(recorded)), columns=pd.Index(Spell._fields))
    return made.astype(TYPES).assign(**{name: pd.to_datetime(made[name]) for name in DAYS})


def spells(recorded: Iterable[Recorded]) -> Iterator[Spell]:
    """The rows of the frame, for those who want them one by one."""
    for _, rows in groupby(recorded, key=lambda row: row.id):
        yield from _spells(list(rows))


def _spells(rows: Sequence[Recorded]) -> Iterator[Spell]:
    home = rows[0]
    terms = [
        Granted(r.from_on, r.until_on, r.carer_type, r.places, r.age_min, r.age_max) for r in rows
    ]
    held = standings(home.approved_on, home.ended_on, terms)
    prior: Standing | None = None
    for one in held:
        yield Spell(
            home.id,
            home.service,
            home.ref,
            home.approved_on,
            home.ended_on,
            is_transfer_in=home.arrived_by in TRANSFERS_IN,
            is_transfer_out=home.end_initiated_by in TRANSFERS_OUT,
            is_permanence=home.end_reason in PERMANENCE,
            from_on=one.period.start,
            until_on=one.period.end,
            carer_type=str(one.carer_type),
            places=one.places,
            age_min=one.age_min,
            age_max=one.age_max,
            is_first=one is held[0],
            is_last=one is held[-1],
            prior_type=str(prior.carer_type) if prior else None,
            prior_places=prior.places if prior else 0,
        )
        prior = one


def within(days: pd.Series[Any], period: Days) -> pd.Series[bool]:
    """Which days are in a period, its first and last both counted; a day not given is in none."""
    import pandas as pd

    return (days >= pd.Timestamp(period.first)) & (days <= pd.Timestamp(period.last))


def held_on(spells: pd.DataFrame, day: date) -> pd.DataFrame:
    """The spells in force at the end of a day: at most one of each home."""
    import pandas as pd

    at = pd.Timestamp(day)
    begun = spells["from_on"] <= at
    return spells[begun & (spells["until_on"].isna() | (spells["until_on"] > at))]


def approved_in(spells: pd.DataFrame, period: Days) -> pd.DataFrame:
    """The first spell of each home approved inside a period."""
    return spells[spells["is_first"] & within(spells["approved_on"], period)]


def ended_in(spells: pd.DataFrame, period: Days) -> pd.DataFrame:
    """The last spell of each home ended inside a period: as it was held the day before."""
    return spells[spells["is_last"] & within(spells["ended_on"], period)]


def changed_in(spells: pd.DataFrame, period: Days) -> pd.DataFrame:
    """The spells that begin inside a period where another ends."""
    return spells[~spells["is_first"] & within(spells["from_on"], period)]


def of_types(spells: pd.DataFrame, types: Iterable[CarerType]) -> pd.DataFrame:
    return spells[spells["carer_type"].isin([str(one) for one in types])]
