"""How much of fostering is in the service's own homes (METRICS, In-house share)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, or_, select

from carers.db import db
from carers.domain import clock
from carers.domain.children import FOSTERING, ProviderKind
from carers.domain.period import Days
from carers.domain.populations import Population
from carers.domain.register import Approval, CarerType
from carers.domain.shares import Share, half_up
from carers.domain.viewer import Viewer
from carers.models import Child, FosteringService, Household, Placement, Provider
from carers.queries import elsewhere, fostering_services
from carers.queries.elsewhere import HomeElsewhere
from carers.reports import register
from carers.reports.answer import Answer
from carers.reports.counted import Counted, Part, opens
from carers.reports.register import Recorded

if TYPE_CHECKING:
    import pandas as pd

NAME = "in-house-share"
IN_HOUSE, CONNECTED, AGENCY, OTHER = "in_house", "connected", "ifa", "other"
DAYS = ("from_on", "until_on", "held_from", "held_until")
SHARES = {  # whose part of whose
    "connected_excluded": ((IN_HOUSE,), (IN_HOUSE, AGENCY)),
    "connected_included": ((IN_HOUSE, CONNECTED), (IN_HOUSE, CONNECTED, AGENCY)),
}


class Stay(NamedTuple):
    """A fostering placement of one of this service's children, with a home or a provider."""

    id: UUID
    service: str
    ref: str
    child_id: UUID
    from_on: date
    until_on: date | None
    household_id: UUID | None
    approval: Approval | None
    provider_kind: ProviderKind | None


def answer(viewer: Viewer, days: Days, _population: str = Population.ALL) -> Answer:
    """Of a period: by placements, by nights, and by children on its last day."""
    figures, counted = shares(*load(viewer, days), days)
    return Answer(
        NAME,
        fostering_services.code_of(viewer),
        str(Population.ALL),
        clock.now(),
        figures,
        opens(counted),
        first_day=days.first,
        last_day=days.last,
    )


def load(viewer: Viewer, days: Days) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The stays of a period and the spells of the homes, those of other services among them."""
    theirs = elsewhere.homes(viewer)
    approvals: dict[UUID | None, Approval] = {one.id: one.approval for one in theirs}
    stays = (
        one._replace(approval=one.approval or approvals.get(one.household_id))
        for one in _stays(viewer, days)
    )
    return frame(stays), register.frame(chain(register.recorded(viewer), _granted(theirs)))


def _granted(theirs: Iterable[HomeElsewhere]) -> Iterator[Recorded]:
    """What is known of other services' homes as rows of the register: no service, ref or places."""
    for one in theirs:
        if one.approval is Approval.FULL and one.from_on and one.carer_type:
            yield Recorded(
                *(one.id, "", "", one.approved_on, one.ended_on, None, None, None),
                *(one.from_on, one.until_on, one.carer_type, 0),
            )


def _stays(viewer: Viewer, days: Days) -> Iterator[Stay]:
    """Those open on some day of a period, or begun in it, in one statement."""
    stay = Placement
    own = select(FosteringService.gss_code).where(FosteringService.id.in_(viewer.service_ids))
    query = (
        select(
            stay.id,
            FosteringService.code,
            stay.ref,
            stay.child_id,
            stay.from_on,
            stay.until_on,
            stay.household_id,
            Household.approval,
            Provider.kind,
        )
        .join(FosteringService, FosteringService.id == stay.service_id)
        .join(Child, Child.id == stay.child_id)
        .outerjoin(Household, Household.id == stay.household_id)
        .outerjoin(Provider, Provider.id == stay.provider_id)
        .where(
            stay.service_id.in_(viewer.service_ids),
            stay.is_current,
            stay.respite_of_id.is_(None),
            stay.place_type.in_(FOSTERING),
            or_(Child.responsible_authority.is_(None), Child.responsible_authority.in_(own)),
            stay.from_on <= days.last,
            or_(
                stay.until_on.is_(None),
                stay.until_on > days.first,
                and_(stay.from_on >= days.first, stay.until_on == stay.from_on),
            ),
        )
        .order_by(FosteringService.code, stay.ref, stay.id)
    )
    return (Stay(*row) for row in db.session.execute(query))


def frame(stays: Iterable[Stay]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(stays), columns=pd.Index(Stay._fields))


def shares(
    stays: pd.DataFrame, spells: pd.DataFrame, days: Days
) -> tuple[dict[str, Any], dict[str, Counted]]:
    """The figures of a period and, by path, what each adds up.

    ``stays`` are of the period; ``spells`` those of the homes, as ``register.frame`` makes them.
    """
    pieces = _pieces(stays, spells)
    units = {
        "placements": _placements(pieces, days),
        "nights": _nights(pieces, days),
        "children": _children(pieces, days),
    }
    figures: dict[str, Any] = {}
    counted: dict[str, Counted] = {}
    for unit, by in units.items():
        figures[unit] = {}
        for name, (own, all_of) in SHARES.items():
            numerator, denominator = _sum(by, own), _sum(by, all_of)
            figures[unit][name] = Share(numerator.total, denominator.total)
            counted[f"{unit}.{name}.numerator"] = numerator
            counted[f"{unit}.{name}.denominator"] = denominator
    weeks = {name: units["nights"][name] for name in (IN_HOUSE, CONNECTED, AGENCY)}
    figures["weeks"] = {name: half_up(Fraction(one.total, 7)) for name, one in weeks.items()}
    return figures, counted | {f"weeks.{name}": one.per(7) for name, one in weeks.items()}


def _sum(by: dict[str, Counted], names: Iterable[str]) -> Counted:
    total = Counted(())
    for name in names:
        total += by[name]
    return total


def _pieces(stays: pd.DataFrame, spells: pd.DataFrame) -> pd.DataFrame:
    """Each stay once for every spell of its home, and once where there is none, by provision.

    ``held_from`` and ``held_until`` bound the spell; without one, the provision always holds.
    """
    import pandas as pd

    homes = spells[["id", "from_on", "until_on", "carer_type"]].rename(
        columns={"id": "household_id", "from_on": "held_from", "until_on": "held_until"}
    )
    pieces = stays.merge(homes, on="household_id", how="left")
    pieces = pieces.assign(**{name: pd.to_datetime(pieces[name]) for name in DAYS})
    return pieces.assign(provision=_provision(pieces))


def _provision(pieces: pd.DataFrame) -> pd.Series[str]:
    """METRICS, In-house share: Provision."""
    import pandas as pd

    provision = pd.Series(IN_HOUSE, index=pieces.index)
    connected = (pieces["carer_type"] == CarerType.CONNECTED_PERSON) | (
        pieces["approval"] == Approval.TEMPORARY
    )
    outside = pieces["household_id"].isna()
    agency = pieces["provider_kind"] == ProviderKind.IFA
    provision = provision.mask(connected, CONNECTED)
    return provision.mask(outside, OTHER).mask(outside & agency, AGENCY)


def _placements(pieces: pd.DataFrame, days: Days) -> dict[str, Counted]:
    """By the type of the first day in the period."""
    import pandas as pd

    opens_ = pd.Timestamp(days.first)
    first = pieces["from_on"].mask(pieces["from_on"] < opens_, opens_)
    counts = _holds(pieces, first)
    return _by_provision(pieces[counts], pieces["provision"].notna()[counts], "Placement")


def _nights(pieces: pd.DataFrame, days: Days) -> dict[str, Counted]:
    """By the type of the night: a child's night, one for each placement."""
    import pandas as pd

    opens_, closes = pd.Timestamp(days.first), pd.Timestamp(days.after)
    first = pieces[["from_on", "held_from"]].max(axis=1)
    first = first.mask(first < opens_, opens_)
    until = pieces[["until_on", "held_until"]].min(axis=1)
    until = until.mask(~(until <= closes), closes)  # open-ended is NaT
    return _by_provision(pieces, (until - first).dt.days.clip(lower=0), "Nights in the period")


def _children(pieces: pd.DataFrame, days: Days) -> dict[str, Counted]:
    """Different children in a placement open at the end of the last day, by the type of the day."""
    import pandas as pd

    last = pd.Timestamp(days.last)
    is_open = (pieces["from_on"] <= last) & ~(pieces["until_on"] <= last)
    there = pieces[is_open & _holds(pieces, last)].drop_duplicates(["child_id", "provision"])
    return _by_provision(there, there["provision"].notna(), "Child on the last day")


def _holds(pieces: pd.DataFrame, on: Any) -> pd.Series[bool]:
    """Whether the spell of a piece holds on a day; a piece without one always does."""
    holds: pd.Series[bool] = ~(pieces["held_from"] > on) & ~(pieces["held_until"] <= on)
    return holds


def _by_provision(pieces: pd.DataFrame, amounts: pd.Series[Any], words: str) -> dict[str, Counted]:
    counts = amounts.astype("int64")
    return {
        name: Counted.of(Part(pieces[chosen], counts[chosen], words, "from_on", kind="placement"))
        for name in (IN_HOUSE, CONNECTED, AGENCY)
        for chosen in [pieces["provision"] == name]
    }
