"""Elmshire's children: where each is and was, place by place, back from the day of the sample."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from carers.cli.sample.elmshire_days import Made
from carers.cli.sample.elmshire_register import FIRST_WORKER, Register
from carers.cli.sample.files import Records
from carers.cli.sample.homes import Home, Spell, Terms
from carers.cli.sample.names import Directory

AGENCY_NOW = 0.45  # for each home of the register
ELSEWHERE_NOW = (("K2", "R", 0.1), ("K3", "S", 0.08), ("P1", "X-P1", 0.06))
AGENCIES = (
    ("A-01", "Fern Valley Fostering", "ifa", "framework"),
    ("A-02", "Northgate Foster Care", "ifa", "framework"),
    ("A-03", "Wren House Fostering", "ifa", "framework"),
    ("A-04", "Coastline Carers", "ifa", "spot"),
    ("A-05", "Millbrook Families", "ifa", "spot"),
    ("R-01", "Larch Lodge", "residential", "framework"),
    ("R-02", "The Old Vicarage", "residential", "spot"),
    ("S-01", "Gateway Supported Living", "semi_independent", "block"),
    ("X-P1", "Own parents", "other", None),
)
COSTS = {"A": (840, 1150), "R": (4_100, 5_600), "S": (820, 1_400)}
WHEN_LEAVING = ("E4A", "E4B", "E13", "E45", "E8")
WHEN_MOVING = ("CARPL", "CARPL", "CARPL", "CREQB", "CREQO", "LAREQ")


@dataclass
class Stay:
    from_on: date
    until_on: date | None
    place_type: str
    home: Home | None = None
    provider: str = ""
    respite_of: Stay | None = None
    ref: str = ""


@dataclass
class Child:
    born_on: date
    stays: list[Stay] = field(default_factory=list)
    siblings: str = ""
    ref: str = ""


@dataclass
class Hold:
    home: Home
    places: int
    from_on: date
    until_on: date | None = None


@dataclass
class Exemption:
    """From a day on, a home beyond its places; it names every child who lives there then."""

    home: Home
    from_on: date
    children: list[Child]


class Placements:
    """Fills the homes of a register, each place for itself: one is over, by an exemption."""

    def __init__(self, random: Random, made: Made, register: Register) -> None:
        self._random = random
        self._made = made
        self.register = register
        self.children: list[Child] = []
        self.holds: list[Hold] = []
        self.exemption: Exemption | None = None

    def fill(self) -> None:
        for home in self.register.homes:
            if home.approval == "host":
                continue
            if home.carer_type == "connected_person" or not home.terms:
                self._fill_relatives(home)
            elif home.carer_type not in {"respite", "short_breaks"}:
                self._fill_home(home, self.register.state(home))
        self._fill_elsewhere()
        self._respite_stays()
        self._one_more()
        self._tomorrow()

    def _fill_home(self, home: Home, state: str) -> None:
        places = home.terms[-1].places
        filled, held = {
            "full": (places, 0),
            "some_vacant": (places - 1, 0),
            "some_withheld": (places - 1, 1),
            "withheld": (0, places),
            "one_of_each": (1, 1),
        }.get(state, (0, 0))
        held_since = None
        if held:
            held_since = self._after_approval(home, self._random.randint(4, 400))
            self.holds.append(Hold(home, held, held_since))
        for place in range(places):
            since = held_since if place < filled + held else None
            self._fill_place(home, place, is_filled=place < filled, held_since=since)

    def _after_approval(self, home: Home, days: int) -> date:
        """So many days ago, or the day of approval where that came later."""
        return max(self._made.on - timedelta(days=days), home.approved_on)

    def _fill_place(
        self, home: Home, place: int, *, is_filled: bool, held_since: date | None
    ) -> None:
        """One child after another in one place, told backwards to its first day."""
        random, made = self._random, self._made
        terms = next(terms for terms in home.terms if terms.places > place)
        horizon = made.on - timedelta(days=made.days + 150)
        first = max(terms.from_on, horizon)
        until_on: date | None = None
        if not is_filled:
            until_on = home.ended_on or held_since
            until_on = until_on or made.on - timedelta(days=random.randint(3, 140))
        while until_on is None or until_on > first:
            length = random.randint(25, 420) if until_on else random.randint(6, 800)
            from_on = (until_on or made.on) - timedelta(days=length)
            from_on = max(from_on, terms.from_on if until_on is None else first)
            self._place(home, terms, from_on, until_on)
            until_on = from_on - timedelta(days=random.randint(1, 120))
            self._break(home, until_on, from_on)

    def _break(self, home: Home, from_on: date, until_on: date) -> None:
        """A pause between two children, some of them because the carers asked for one."""
        long_enough = (until_on - from_on).days > 12 and from_on >= home.terms[-1].from_on
        if long_enough and self._random.random() < 0.5:
            self.holds.append(Hold(home, 1, from_on, until_on))

    def _place(self, home: Home, terms: Terms, from_on: date, until_on: date | None) -> None:
        end = until_on or self._made.on
        long_term = (end - from_on).days > 200 and "long_term" in terms.kinds
        child = self._child(terms, from_on, end)
        stay = Stay(from_on, until_on, "U4" if long_term else "U6", home)
        home.taken.append(Spell(from_on, until_on))
        child.stays.append(stay)
        if self._random.random() < 0.3:
            before = from_on - timedelta(days=self._random.randint(20, 190))
            before = max(before, child.born_on)
            if before < from_on:
                child.stays.insert(0, Stay(before, from_on, "U6", provider=self._agency()))
        if until_on and self._random.random() < 0.3:
            after = until_on + timedelta(days=self._random.randint(20, 240))
            ended = after if after < self._made.on else None
            child.stays.append(Stay(until_on, ended, "U6", provider=self._agency()))

    def _child(self, terms: Terms, from_on: date, end: date) -> Child:
        """Of an age the terms are for, and not grown up a year from the end."""
        oldest = min(terms.age_max, 15 - (end - from_on).days // 365)
        age = self._random.randint(terms.age_min, max(oldest, terms.age_min))
        days = self._random.randint(5, 360)
        child = Child(from_on - timedelta(days=age * 365 + age // 4 + days))
        self.children.append(child)
        return child

    def _agency(self) -> str:
        return f"A-{self._random.choice((1, 1, 2, 2, 3, 4, 5)):02}"

    def _fill_relatives(self, home: Home) -> None:
        """Brothers and sisters, with a relative or friend from the day of the approval."""
        places = home.terms[0].places if home.terms else 1
        place_type = "U1" if home.terms and "long_term" in home.terms[0].kinds else "U3"
        oldest = 13
        if home.approval == "adopter":
            place_type, oldest = "U5", 0
        for _ in range(places):
            ages = Terms(home.approved_on, "", 1, 0, oldest, "", ())
            child = self._child(ages, home.approved_on, self._made.on)
            child.siblings = f"S-{home.family.adults[0].family_name}" if places > 1 else ""
            child.stays.append(Stay(home.approved_on, home.ended_on, place_type, home))
            home.taken.append(Spell(home.approved_on, home.ended_on))

    def _fill_elsewhere(self) -> None:
        """Children with agencies now, and with other providers."""
        size = self._made.size
        for _ in range(round(size * AGENCY_NOW)):
            self._elsewhere(self._agency(), self._random.choice(("U4", "U6")), 4, 16)
        for place_type, letter, share in ELSEWHERE_NOW:
            for _ in range(max(round(size * share), 1)):
                youngest = {"K3": 16, "K2": 10}.get(place_type, 1)
                provider = letter if "-" in letter else f"{letter}-01"
                self._elsewhere(provider, place_type, youngest, 16)

    def _elsewhere(self, provider: str, place_type: str, youngest: int, oldest: int) -> None:
        from_on = self._made.on - timedelta(days=self._random.randint(5, 330))
        ages = Terms(from_on, "", 1, youngest, oldest, "", ())
        child = self._child(ages, from_on, self._made.on)
        child.stays.append(Stay(from_on, None, place_type, provider=provider))

    def living_in(self, home: Home) -> list[Child]:
        """The children in a home on the day of the sample, respite stays apart."""
        return [
            child
            for child in self.children
            if any(
                stay.home is home and stay.until_on is None and not stay.respite_of
                for stay in child.stays
            )
        ]

    def _one_more(self) -> None:
        """The largest full home took a brother or sister, whom an exemption names."""
        full = [
            home
            for home in self.register.open_homes()
            if self.register.state(home) == "full" and home.carer_type == "general"
        ]
        home = max(full, key=lambda one: one.terms[-1].places)
        others = self.living_in(home)
        begun = max(child.stays[-1].from_on for child in others)
        from_on = max(self._made.ago(30), begun)
        child = self._child(home.terms[-1], from_on, self._made.on)
        others[0].siblings = child.siblings = f"S-{home.family.adults[0].family_name}"
        child.stays.append(Stay(from_on, None, "U6", home))
        self.exemption = Exemption(home, from_on, [*others, child])

    def _tomorrow(self) -> None:
        """A child comes to one home with a place to spare, and another goes on hold."""
        tomorrow = self._made.on + timedelta(days=1)
        spare = [
            home
            for home in self.register.open_homes()
            if self.register.state(home) == "vacant"
            and home.carer_type == "general"
            and home.worker != FIRST_WORKER
            and home.terms[-1].places == 1
        ]
        for home in spare[:1]:
            self._place(home, home.terms[-1], tomorrow, None)
        for home in spare[1:2]:
            self.holds.append(Hold(home, 1, tomorrow))

    def _respite_stays(self) -> None:
        """A few nights in a respite home, while the child's own placement goes on."""
        resting = [home for home in self.register.open_homes() if home.carer_type == "respite"]
        staying = [
            child
            for child in self.children
            if child.stays[-1].home
            and child.stays[-1].home.carer_type == "general"
            and child.stays[-1].until_on is None
            and child.stays[-1].from_on < self._made.on - timedelta(days=120)
        ]
        for number, (child, home) in enumerate(zip(staying[::3], resting * 3, strict=False)):
            main = child.stays[-1]
            from_on = max(self._made.on - timedelta(days=20 + 13 * number), main.from_on)
            until_on = from_on + timedelta(days=2 + number % 3)
            child.stays.append(Stay(from_on, until_on, "U6", home, respite_of=main))
            home.taken.append(Spell(from_on, until_on))


def write(random: Random, records: Records, directory: Directory, found: Placements) -> None:
    """Providers, children in the order they came, and their placements."""
    for ref, name, kind, route in AGENCIES:
        records.add("providers", ref=ref, name=name, kind=kind, route=route)
    children = sorted(found.children, key=lambda child: (child.stays[0].from_on, child.born_on))
    for number, child in enumerate(children, 1):
        child.ref = f"C-{number:04}"
        records.add(
            "children",
            ref=child.ref,
            born_on=child.born_on,
            gender=random.choice("MF"),
            ethnicity=directory.ethnicity(),
            uasc=child.stays[0].place_type == "K3" and number % 2 == 0,
            disabled=random.random() < 0.08,
            sibling_group=child.siblings,
        )
        for stay in child.stays:
            _write_stay(random, records, child.ref, child, stay)
    _write_named(records, found)


def _write_named(records: Records, found: Placements) -> None:
    """The children whom a temporary approval names, or an exemption."""
    for home in found.register.open_homes():
        if home.approval in {"temporary", "adopter"}:
            records.add(
                "temporary_approvals",
                household=home.ref,
                children=[child.ref for child in found.living_in(home)],
                approved_by="Sunita Rao, nominated officer",
            )
    if found.exemption:
        records.add(
            "exemptions",
            household=found.exemption.home.ref,
            from_on=found.exemption.from_on,
            granted_by="Elmshire County Council",
            children=[child.ref for child in found.exemption.children],
        )


def _write_stay(random: Random, records: Records, ref: str, child: Child, stay: Stay) -> None:
    stay.ref = f"PL-{len(records['placements']) + 1:04}"
    lowest, highest = COSTS.get(stay.provider[:1], (0, 0))
    miles = random.randint(5, 180) if stay.home else random.randint(20, 460)
    reasons = WHEN_LEAVING if stay is child.stays[-1] else WHEN_MOVING
    records.add(
        "placements",
        ref=stay.ref,
        child=ref,
        household=stay.home.ref if stay.home else None,
        provider=stay.provider,
        from_on=stay.from_on,
        until_on=stay.until_on,
        place_type=stay.place_type,
        provider_type="PR1" if stay.home else "PR0" if stay.place_type == "P1" else "PR4",
        purpose=_purpose(stay),
        weekly_cost=random.randint(lowest, highest) if highest else None,
        distance_miles=f"{miles // 10}.{miles % 10}",
        in_area=miles < 150,
        respite_of=stay.respite_of.ref if stay.respite_of else None,
        end_reason=random.choice(reasons) if stay.until_on and not stay.respite_of else None,
    )


def _purpose(stay: Stay) -> str | None:
    if not stay.place_type.startswith("U"):
        return None
    if stay.respite_of:
        return "respite"
    if stay.place_type == "U5":
        return "fostering_to_adopt"
    return "long_term" if stay.place_type in {"U1", "U4"} else "short_term"
