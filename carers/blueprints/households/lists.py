"""How a worker's own homes read: those to be confirmed first, then the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from carers import filters
from carers.domain.ages import age_on
from carers.domain.position import PlaceState, in_words, states
from carers.queries.positions import HomeLine, LivingHere


@dataclass(frozen=True)
class Card:
    """One home. ``once`` names the copy of its own form."""

    home: HomeLine
    places: tuple[PlaceState, ...]
    words: str
    children: Sequence[str]
    hold_tag: str | None
    once: UUID


@dataclass(frozen=True)
class Section:
    heading: str
    is_stale: bool
    cards: Sequence[Card]


@dataclass(frozen=True)
class MyHomes:
    """All homes of a worker on a day, and what they may be confirmed as together."""

    sections: Sequence[Section]
    sentence: str
    to_confirm: Sequence[HomeLine]
    disagreeing: Sequence[HomeLine]

    @classmethod
    def of(
        cls,
        homes: Sequence[HomeLine],
        children: Mapping[UUID, list[LivingHere]],
        holds: Mapping[UUID, date],
        day: date,
    ) -> MyHomes:
        cards = [_card(home, children.get(home.id, []), holds.get(home.id), day) for home in homes]
        with_places = [home for home in homes if home.position.has_places]
        return cls(
            list(_sections(cards, day, _days(homes))),
            _sentence(with_places, day),
            [home for home in with_places if home.position.disagreement is None],
            [home for home in with_places if home.position.disagreement is not None],
        )


def _days(homes: Sequence[HomeLine]) -> int:
    return homes[0].position.freshness.days if homes else 0


def _sections(cards: Sequence[Card], day: date, days: int) -> list[Section]:
    stale = [card for card in cards if card.home.position.is_stale_on(day)]
    others = [card for card in cards if not card.home.position.has_places]
    fresh = [card for card in cards if card not in stale and card not in others]
    sections = (
        Section(f"Stale: confirm or change ({len(stale)})", is_stale=True, cards=stale),
        Section(
            f"Confirmed in the last {filters.count(days, 'day')} ({len(fresh)})",
            is_stale=False,
            cards=fresh,
        ),
        Section(f"Without approved places ({len(others)})", is_stale=False, cards=others),
    )
    return [section for section in sections if section.cards]


def _sentence(homes: Sequence[HomeLine], day: date) -> str:
    if not homes:
        return ""
    stale = sum(home.position.is_stale_on(day) for home in homes)
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


def _card(
    home: HomeLine, children: Sequence[LivingHere], hold_ends: date | None, day: date
) -> Card:
    return Card(
        home,
        states(home.position.capacity),
        in_words(home.position.capacity),
        [_child(one, day) for one in children],
        _hold_tag(hold_ends, day),
        uuid4(),
    )


def _child(one: LivingHere, day: date) -> str:
    ref = one.ref or "A child of another service"
    return f"{ref}, {age_on(one.born_on, day)}" if one.born_on else ref


def _hold_tag(ends: date | None, day: date) -> str | None:
    """“Hold ends tomorrow”, within a week of its expected end."""
    if ends is None or (ends - day).days > 7:
        return None
    match (ends - day).days:
        case 0:
            return "Hold ends today"
        case 1:
            return "Hold ends tomorrow"
        case days if days < 0:
            return f"Hold over by {filters.count(-days, 'day')}"
    return f"Hold ends {filters.short_day(ends)}"
