"""Progress against the targets in force on a day (METRICS, Recruitment against target)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from carers.db import db
from carers.domain import clock
from carers.domain.ages import AgeBands
from carers.domain.errors import RuleBroken
from carers.domain.period import Days
from carers.domain.populations import Population
from carers.domain.register import HELD
from carers.domain.segments import Segment
from carers.domain.targets import BUILT_MEASURES, BUILT_SHAPES, Measure, progress_of_count
from carers.domain.viewer import Viewer
from carers.domain.working_days import add_months
from carers.models import Scheme, SchemeMember, SkillHeld, Target
from carers.queries import fostering_services, standards
from carers.reports import register
from carers.reports.answer import Answer, Opens, Row
from carers.reports.counted import Counted
from carers.reports.net_gain import approvals, endings, one_each, places_of, stock

if TYPE_CHECKING:
    import pandas as pd

NAME = "targets"
IN_PLACES = frozenset({Measure.PLACES_APPROVED, Measure.PLACES_NET_GAIN, Measure.PLACES})
STOCKS = frozenset({Measure.HOUSEHOLDS, Measure.PLACES})
NET = frozenset({Measure.HOUSEHOLDS_NET_GAIN, Measure.PLACES_NET_GAIN})


class NotBuilt(RuleBroken):
    """A target that this service cannot measure yet."""

    def __init__(self, target: Target, column: str, code: str, built: Iterable[str]) -> None:
        known = ", ".join(sorted(built))
        super().__init__(
            f"The target “{target.label}” has the {column} {code}, which cannot be measured yet:"
            f" only {known} can",
            field=column,
        )


class Held(NamedTuple):
    """A home's time with a skill or in a scheme; ``part`` is ``skill:babies``, ``scheme:hub``."""

    household_id: UUID
    part: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class Measured:
    """What targets are measured in: the homes, what they hold, and the bands of age in force."""

    spells: pd.DataFrame
    held: pd.DataFrame
    bands: AgeBands


def answer(viewer: Viewer, days: Days, _population: str = Population.MAINSTREAM) -> Answer:
    """As at the end of a period's last day. Raises NotBuilt, or SegmentNotUnderstood."""
    as_at = days.last
    service = fostering_services.code_of(viewer)
    figures, opens = progress(in_force(viewer, as_at), load(viewer, as_at), as_at, service)
    return Answer(
        NAME,
        service,
        str(Population.MAINSTREAM),
        clock.now(),
        {"targets": figures},
        opens,
        as_at=as_at,
    )


def in_force(viewer: Viewer, day: date) -> list[Target]:
    """The service's own targets that a day is within, by label. Raises NotBuilt."""
    query = select(Target).where(
        Target.service_id == viewer.service_id, Target.first_on <= day, Target.last_on >= day
    )
    found = sorted(db.session.scalars(query), key=lambda target: target.label)
    for target in found:
        if target.shape not in BUILT_SHAPES:
            raise NotBuilt(target, "shape", target.shape, BUILT_SHAPES)
        if target.measure not in BUILT_MEASURES:
            raise NotBuilt(target, "measure", target.measure, BUILT_MEASURES)
    return found


def load(viewer: Viewer, as_at: date) -> Measured:
    """The register, with what its homes hold, whatever the number of targets."""
    own = standards.in_force(viewer, as_at)
    skills = _held(
        select(SkillHeld.household_id, SkillHeld.skill, SkillHeld.from_on, SkillHeld.until_on),
        SkillHeld.service_id.in_(viewer.service_ids) & SkillHeld.level.in_(HELD),
        "skill",
    )
    schemes = _held(
        select(
            SchemeMember.household_id, Scheme.code, SchemeMember.from_on, SchemeMember.until_on
        ).join(Scheme, Scheme.id == SchemeMember.scheme_id),
        SchemeMember.service_id.in_(viewer.service_ids),
        "scheme",
    )
    spells = register.load(viewer)
    return Measured(spells, frame([*skills, *schemes]), AgeBands.parse(own.age_bands))


def _held(
    query: Select[tuple[UUID, Any, date, date | None]], seen: ColumnElement[bool], part: str
) -> Iterator[Held]:
    for household_id, code, from_on, until_on in db.session.execute(query.where(seen)):
        yield Held(household_id, f"{part}:{code}", from_on, until_on)


def frame(held: Iterable[Held]) -> pd.DataFrame:
    import pandas as pd

    made = pd.DataFrame(list(held), columns=pd.Index(["id", *Held._fields[1:]]))
    return made.assign(**{name: pd.to_datetime(made[name]) for name in ("from_on", "until_on")})


def progress(
    in_force: Iterable[Target], of: Measured, as_at: date, service: str
) -> tuple[list[Mapping[str, Any]], dict[str, Opens]]:
    """A row for each target and, by path, the rows of its figures."""
    figures: list[Mapping[str, Any]] = []
    opens: dict[str, Opens] = {}
    for number, target in enumerate(in_force):
        segment = Segment.parse(target.segment, target.measure, of.bands)
        counted = measure(of, target.measure, segment, target.first_on, as_at)
        earlier = _a_year_before(of, target, segment, as_at)
        figures.append(_row(target, counted.total, earlier.total, as_at))
        opens[f"targets.{number}.actual"] = counted.rows
        opens[f"targets.{number}.last_year"] = earlier.rows
        if figures[-1]["shortfall"]:
            opens[f"targets.{number}.shortfall"] = _shortfall(target, counted, service)
    return figures, opens


def _row(target: Target, actual: int, last_year: int, as_at: date) -> Mapping[str, Any]:
    """A target as METRICS has it (The row), beside the same a year before."""
    dates = {"first_on": target.first_on, "last_on": target.last_on}
    reached = progress_of_count(actual, target.value, **dates, as_at=as_at)
    is_whole = target.value == target.value.to_integral_value()
    return {
        "label": target.label,
        "measure": target.measure,
        "segment": target.segment,
        "shape": target.shape,
        "first_day": target.first_on,
        "last_day": target.last_on,
        "actual": actual,
        "target": int(target.value) if is_whole else target.value,
        "percent": reached.percent,
        "shortfall": reached.shortfall,
        "state": reached.state,
        "projected": reached.projected,
        "last_year": last_year,
    }


def _shortfall(target: Target, counted: Counted, service: str) -> Opens:
    """What was promised, less the records that count towards it."""

    def rows() -> list[Row]:
        promised = Row(
            "target", service, target.label, target.id, target.last_on, "Target", target.value
        )
        return [promised, *(-counted).rows()]

    return rows


def _a_year_before(of: Measured, target: Target, segment: Segment, as_at: date) -> Counted:
    """At the same point a year earlier: of the same target, if it had begun, else of its like."""
    day = add_months(as_at, -12)
    has_begun = target.first_on <= day
    first_on = target.first_on if has_begun else add_months(target.first_on, -12)
    return measure(of, target.measure, segment, first_on, day)


def measure(of: Measured, asked: Measure, segment: Segment, first_on: date, as_at: date) -> Counted:
    """What counts from a first day to a last, or at its end for a stock (METRICS, Measure)."""
    import pandas as pd

    weigh = places_of if asked in IN_PLACES else one_each
    homes = _in_segment(of, segment)
    if asked in STOCKS:
        there = register.held_on(homes, as_at)
        day = pd.Timestamp(as_at)
        return stock(_holding(of, segment, there.assign(since=day, upto=day)), weigh)
    days = Days(first_on, as_at)
    since = homes.assign(since=homes["approved_on"])
    arrived = since.assign(upto=pd.Timestamp(as_at))
    counted = approvals(_holding(of, segment, arrived), days, weigh)
    if asked in NET:
        left = since.assign(upto=since["ended_on"])
        counted += -endings(_holding(of, segment, left), days, weigh)
    return counted


def _in_segment(of: Measured, segment: Segment) -> pd.DataFrame:
    """The spells of the types and ages of a segment; ages not given do not limit."""
    homes = register.of_types(of.spells, segment.carer_types)
    for code in segment.values("age_band"):
        band = next(band for band in of.bands.bands if band.code == code)
        homes = homes[~(homes["age_max"] < band.youngest)]
        if band.oldest is not None:
            homes = homes[~(homes["age_min"] > band.oldest)]
    return homes


def _holding(of: Measured, segment: Segment, homes: pd.DataFrame) -> pd.DataFrame:
    """The homes that held each skill and scheme on some day of ``since`` to ``upto``."""
    wanted = [(name, code) for name in ("skill", "scheme") for code in segment.values(name)]
    for name, code in wanted:
        held = of.held[of.held["part"] == f"{name}:{code}"]
        both = homes[["id", "since", "upto"]].merge(held, on="id")
        until = both["until_on"]
        lasts = ~(until <= both["since"]) & ~(until <= both["from_on"])
        homes = homes[homes["id"].isin(both[lasts & (both["from_on"] <= both["upto"])]["id"])]
    return homes
