"""Bromley's children of 2021-22 and their placements, as rows."""

from __future__ import annotations

from random import Random

from carers.cli.sample.bromley_placements import Stay
from carers.cli.sample.files import Records

# The strategy's groups (seed table br_children_ethnicity): 99 of 100 are given.
ETHNICITIES = (
    (("WBRI", "WBRI", "WBRI", "WOTH", "WIRI"), 54),
    (("BAFR",), 9),
    (("BCRB",), 8),
    (("BOTH",), 3),
    (("MWBC", "MWBA", "MOTH"), 20),
    (("APKN", "AOTH", "AIND"), 3),
    (("OOTH",), 2),
    (("NOBT",), 1),
)
FAR = 49  # 15% of the 328 children at the close (REQUIREMENTS, G-BR-22)

PROVIDER_TYPES = {"in_house": "PR1", "connected": "PR1", "ifa": "PR4", "residential": "PR4"}
PROVIDER_TYPES_BY_PLACE = {"P1": "PR0", "K1": "PR3", "R2": "PR3", "R5": "PR3", "A6": "PR1"}
WEEKLY_COSTS = {"ifa": (820, 1180), "residential": (3900, 5900), "semi_independent": (780, 1650)}

MOVED = ("CARPL", "CARPL", "CARPL", "CARPL", "LAREQ", "CREQB", "CREQO", "CHILD")
LEFT_CARE = {
    "A6": ("E11", "E12"),
    "P1": ("E4A", "E8"),
    "U1": ("E45", "E41"),
    "U3": ("E45", "E47", "E4A"),
}


def write(random: Random, records: Records, children: list[list[Stay]]) -> None:
    """Each child, with whom it was taken for a brother or sister, and each placement in turn."""
    far = _far(random, [stays[-1] for stays in children])
    siblings = _siblings(random, children)
    for number, stays in enumerate(children, 1):
        child = f"C-{number:04}"
        codes = random.choices([c for c, _ in ETHNICITIES], [n for _, n in ETHNICITIES])[0]
        records.add(
            "children",
            ref=child,
            born_on=stays[0].born_on,
            gender=random.choice("MF"),
            ethnicity=random.choice(codes),
            uasc=stays[0].line.place_type == "H5" and random.random() < 0.2,
            disabled=random.random() < 0.09,
            sibling_group=siblings.get(number - 1),
        )
        for stay in stays:
            last = stay is stays[-1]
            _write_placement(random, records, child, stay, is_last=last, is_far=id(stay) in far)


def _write_placement(
    random: Random, records: Records, child: str, stay: Stay, *, is_last: bool, is_far: bool
) -> None:
    by, place_type = stay.line.by, stay.line.place_type
    lowest, highest = WEEKLY_COSTS.get(by, (0, 0))
    miles = random.randint(205, 900) if is_far else random.randint(4, 195)
    records.add(
        "placements",
        ref=f"PL-{len(records['placements']) + 1:04}",
        child=child,
        household=stay.home.ref if stay.home else None,
        provider=stay.provider,
        from_on=stay.from_on,
        until_on=stay.until_on,
        place_type=place_type,
        provider_type=PROVIDER_TYPES_BY_PLACE.get(place_type) or PROVIDER_TYPES.get(by, "PR4"),
        purpose=_purpose(stay),
        weekly_cost=random.randint(lowest, highest) if highest else None,
        distance_miles=f"{miles // 10}.{miles % 10}",
        in_area=not is_far and random.random() < 0.6,
        scheme=stay.scheme,
        end_reason=_end_reason(random, stay, is_last=is_last),
    )


def _purpose(stay: Stay) -> str | None:
    if not stay.line.place_type.startswith("U"):
        return None
    if stay.scheme == "emergency":
        return "emergency"
    return "long_term" if stay.line.place_type in {"U1", "U4"} else "short_term"


def _end_reason(random: Random, stay: Stay, *, is_last: bool) -> str | None:
    if stay.until_on is None:
        return None
    if is_last:
        otherwise = ("E5", "E6") if stay.chain.band == 4 else ("E4A", "E4B", "E13")
        return random.choice(LEFT_CARE.get(stay.line.place_type, otherwise))
    return "PLACE" if stay.stays_on else random.choice(MOVED)


def _far(random: Random, last: list[Stay]) -> set[int]:
    """Of the placements open at the close, those over 20 miles away: all with providers."""
    may = [stay for stay in last if stay.until_on is None and stay.home is None]
    return {id(stay) for stay in random.sample(may, FAR)}


def _siblings(random: Random, mine: list[list[Stay]]) -> dict[int, str]:
    """Children who came into one home before the year, most of them brothers and sisters."""
    together: dict[str, list[int]] = {}
    for index, stays in enumerate(mine):
        home = stays[0].home
        if home and not stays[0].is_new:
            together.setdefault(home.ref, []).append(index)
    groups: dict[int, str] = {}
    for ref, indexes in together.items():
        if len(indexes) > 1 and random.random() < 0.7:
            groups |= dict.fromkeys(indexes, f"S-{ref[2:]}")
    return groups
