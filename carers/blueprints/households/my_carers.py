"""How a worker's own homes read: those to be confirmed first, then the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from carers import filters
from carers.blueprints.households.presenters import OTHERS_CHILD
from carers.blueprints.households.worker_lines import cover_words
from carers.domain.ages import age_on
from carers.domain.confirming import SinceConfirmed, is_answered, why_alone
from carers.domain.position import PlaceState, in_words, states
from carers.queries.positions import HomeLine, LivingHere, OwnHome

PER_PAGE = 50


@dataclass(frozen=True)
class Tag:
    words: str
    colour: str


@dataclass(frozen=True)
class Card:
    """One home. ``once`` names the copy of its own form; ``said`` is what may be put right of it:
    the confirmation that its reader made today.
    """

    home: HomeLine
    places: tuple[PlaceState, ...]
    words: str
    children: Sequence[str]
    due: Tag | None
    cover: str | None
    said: UUID | None
    once: UUID


@dataclass(frozen=True)
class Section:
    heading: str
    is_stale: bool
    cards: Sequence[Card]


@dataclass(frozen=True)
class Alone:
    """A home that is asked by itself: where it stands, and why it is."""

    home: HomeLine
    words: str


@dataclass(frozen=True)
class Groups:
    """Homes by how old what is said of them is, in the order in which they are looked at."""

    stale: Sequence[OwnHome]
    fresh: Sequence[OwnHome]
    others: Sequence[OwnHome]

    @classmethod
    def of(cls, homes: Sequence[OwnHome], day: date) -> Groups:
        with_places = [home for home in homes if home.has_places]
        return cls(
            [home for home in with_places if home.freshness.is_stale_on(day)],
            [home for home in with_places if not home.freshness.is_stale_on(day)],
            [home for home in homes if not home.has_places],
        )

    @property
    def all(self) -> list[OwnHome]:
        return [*self.stale, *self.fresh, *self.others]


@dataclass(frozen=True)
class Known:
    """What is known of the homes of a page beside where they stand, by home.

    ``said`` are the confirmations that their reader made today.
    """

    children: Mapping[UUID, list[LivingHere]]
    since: Mapping[UUID, SinceConfirmed]
    covered: Mapping[UUID, date | None]
    said: Mapping[UUID, UUID]


@dataclass(frozen=True)
class MyHomes:
    """A page of a worker's homes on a day, and what these may be confirmed as together."""

    sections: Sequence[Section]
    sentence: str
    to_confirm: Sequence[HomeLine]
    alone: Sequence[Alone]
    disagreeing: Sequence[HomeLine]

    @classmethod
    def of(cls, groups: Groups, shown: Sequence[HomeLine], known: Known, day: date) -> MyHomes:
        """``shown`` are the homes of the page, of all those in the groups."""
        since = known.since
        cards = {home.id: _card(home, known, day) for home in shown}
        with_places = [home for home in shown if home.position.has_places]
        agreeing = [home for home in with_places if home.position.disagreement is None]
        asked = [home for home in agreeing if not _is_answered(home, since, day)]
        alone = [_alone(home, why) for home in asked if (why := why_alone(since[home.id], day))]
        by_themselves = {one.home.id for one in alone}
        return cls(
            _sections(groups, cards),
            _sentence(groups),
            [home for home in asked if home.id not in by_themselves],
            alone,
            [home for home in with_places if home.position.disagreement is not None],
        )


def _is_answered(home: HomeLine, since: Mapping[UUID, SinceConfirmed], day: date) -> bool:
    return is_answered(home.position, since[home.id], day)


def _alone(home: HomeLine, why: str) -> Alone:
    return Alone(home, f"{in_words(home.position.capacity)}: {why}")


def _days(homes: Sequence[OwnHome]) -> int:
    return homes[0].freshness.days if homes else 0


def _sections(groups: Groups, cards: Mapping[UUID, Card]) -> list[Section]:
    """Those with a home on the page; their headings count every home."""
    days = filters.count(_days(groups.all), "day")
    headed = (
        (f"Stale: confirm or change ({len(groups.stale)})", groups.stale),
        (f"Confirmed in the last {days} ({len(groups.fresh)})", groups.fresh),
        (f"Without approved places ({len(groups.others)})", groups.others),
    )
    sections = (
        Section(
            heading,
            is_stale=homes is groups.stale,
            cards=[cards[home.id] for home in homes if home.id in cards],
        )
        for heading, homes in headed
    )
    return [section for section in sections if section.cards]


def _sentence(groups: Groups) -> str:
    homes, stale = [*groups.stale, *groups.fresh], len(groups.stale)
    if not homes:
        return ""
    days = filters.count(_days(homes), "day")
    if not stale:
        yours = "Your home was" if len(homes) == 1 else f"All your {len(homes):,} homes were"
        return f"{yours} confirmed in the last {days}."
    them = "it" if stale == 1 else "them"
    verb = "is" if stale == 1 else "are"
    return (
        f"{stale} of your {filters.count(len(homes), 'home')} {verb} stale:"
        f" not confirmed in the last {days}. Confirm {them} first."
    )


def said_today(number: int) -> str:
    """What is said above the homes that their reader confirmed today."""
    if not number:
        return "You have confirmed no home today."
    return f"You confirmed {filters.count(number, 'home')} today. Correct what is not right."


def _card(home: HomeLine, known: Known, day: date) -> Card:
    return Card(
        home,
        states(home.position.capacity),
        in_words(home.position.capacity),
        [_child(one, day) for one in known.children.get(home.id, [])],
        _hold_tag(known.since[home.id].hold_ended_on, day),
        cover_words(known.covered, home.id),
        known.said.get(home.id),
        uuid4(),
    )


def _child(one: LivingHere, day: date) -> str:
    ref = one.ref or OTHERS_CHILD
    return f"{ref}, {age_on(one.born_on, day)}" if one.born_on else ref


def _hold_tag(ends: date | None, day: date) -> Tag | None:
    """“Hold ends tomorrow”, within a week of its expected end; past it, overdue as on Today."""
    if ends is None or (ends - day).days > 7:
        return None
    days = (ends - day).days
    if days < 0:
        return Tag(f"Hold over by {filters.count(-days, 'day')}", "red")
    when = {0: "today", 1: "tomorrow"}.get(days) or filters.short_day(ends)
    return Tag(f"Hold ends {when}", "orange")
