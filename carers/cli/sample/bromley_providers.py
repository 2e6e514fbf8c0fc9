"""Bromley's providers of 2021-22: invented agencies, and the places that are nobody's service."""

from __future__ import annotations

from random import Random

from carers.cli.sample.files import Records

ALLIANCE, OUTSIDE = "dynamic_purchasing", "spot"  # the alliance's purchasing vehicles, or not
KINDS = {
    "ifa": ("A", "Fostering", 9, 4),
    "residential": ("R", "Children’s Homes", 4, 9),
    "semi_independent": ("S", "Pathways", 7, 4),
}
NAMES = (
    "Acorn Alder Ashfield Beacon Birchwood Bluebell Bridgewater Brightside Cedar Compass Copper"
    " Cornerstone Elmfield Fairway Fernleigh Foxglove Greenway Harbour Hawthorn Hazel Heartwood"
    " Juniper Keystone Larkrise Laurel Lighthouse Maple Meadow Oakleaf Orchard Pinetree Riverside"
    " Rowan Silverbirch Skylark Springfield Stepping Sunrise Swallow Sycamore"
)
ELSEWHERE = {
    "A6": "Adoptive families",
    "P1": "Own parents",
    "P2": "Independent living",
    "R2": "Hospitals",
    "R3": "Family centres",
    "R5": "Young offender institutions",
    "Z1": "Other places",
}


def provider(random: Random, kind: str, route: str) -> str:
    """The reference of any provider of a kind, on the alliance's list or outside it."""
    letter, _, alliance, outside = KINDS[kind]
    number = random.randint(1, alliance if route == ALLIANCE else outside)
    return f"{letter}-{number if route == ALLIANCE else alliance + number:02}"


def elsewhere(place_type: str) -> str:
    """The reference of a place of a child that is no agency's."""
    return f"X-{place_type}"


def write(records: Records) -> None:
    names = iter(NAMES.split())
    for kind, (letter, what, alliance, outside) in KINDS.items():
        for number in range(1, alliance + outside + 1):
            records.add(
                "providers",
                ref=f"{letter}-{number:02}",
                name=f"{next(names)} {what}",
                kind=kind,
                route=ALLIANCE if number <= alliance else OUTSIDE,
            )
    for place_type, name in ELSEWHERE.items():
        records.add("providers", ref=elsewhere(place_type), name=name, kind="other")
