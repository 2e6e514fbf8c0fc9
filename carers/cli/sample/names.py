"""Invented people: names as varied as a county's, and numbers and addresses that reach nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

GIVEN = {
    "F": "Abigail Aisha Amara Angela Anita Anjali Anna Beth Bridget Carol Carys Catherine Cheryl"
    " Chloe Claire Dawn Debbie Denise Donna Elaine Ewa Faith Farah Fiona Grace Hannah Hayley Helen"
    " Imogen Ines Jackie Janet Jean Jill Joanne Josephine Karen Kelly Leanne Lisa Lorraine Louise"
    " Lucy Mair Mandy Margaret Maria Mary Maya Meena Michelle Moira Monica Nadia Natalie Nicola"
    " Nina Olivia Pamela Patience Patricia Paula Priti Rachel Rebecca Ruth Sadia Sandra Sarah"
    " Sharon Sheila Sian Stella Sunita Susan Tanya Teresa Tess Tracey Valerie Vanessa Veronica"
    " Victoria Wendy Yasmin Yvonne Zoe",
    "M": "Adam Ade Ahmed Alan Albert Andrew Anthony Barry Ben Brian Callum Carl Chris Clive Colin"
    " Craig Daniel Darren David Dennis Derek Dev Dominic Edward Emmanuel Eric Femi Frank Gareth"
    " Gary Geoff George Glen Graham Hassan Hugh Iain Ian Imran Ivan Jack James Jason Jerome John"
    " Joseph Julian Keith Kenneth Kevin Kofi Kwame Lee Leon Liam Malcolm Manoj Marcus Mark Martin"
    " Matthew Michael Mohammed Nathaniel Neil Nigel Oliver Omar Owen Patrick Paul Peter Philip"
    " Ravi Raymond Rhys Robert Roger Sam Sean Simon Stephen Stuart Terry Theo Thomas Tomasz Tony"
    " Trevor Victor Winston",
}
FAMILY = (
    "Abbott Adebayo Agyeman Ahmed Akhtar Allen Anderson Anstey Appiah Armitage Ashworth Atkins"
    " Bailey Baird Baker Banks Barker Barnes Bates Begum Bell Bennett Birkett Blake Boateng Bond"
    " Booth Bowen Bradley Brennan Brooks Burgess Burton Butler Campbell Carr Carter Cartwright"
    " Castell Chambers Chen Clarke Clough Coleman Collins Cooper Cope Costa Cox Crawford Cross"
    " Dalton Davies Dawson Denby Desai Dixon Doyle Duffy Duncan Dunmore Edwards Ellis Evans"
    " Farrell Ferreira Fisher Fletcher Forsyth Foster Fowler Foyle Francis Fraser Freeman Gallagher"
    " Gibson Gilbert Goodwin Gordon Graham Grant Gray Green Griffiths Hall Hamilton Harper Harris"
    " Hart Hartley Harvey Hayes Henderson Hobbs Holmes Holroyd Hope Houghton Howard Hughes Hunt"
    " Hussain Iqbal Iyer Jackson James Jenkins Johnson Jones Joseph Kamara Kaur Kelly Kennedy Kerr"
    " Khan King Knight Kowalski Lambert Lawson Lee Lewis Lis Lloyd Lowe Madden Malik Marchetti"
    " Marr Marsden Marsh Marshall Mason Mbeki McCarthy Mehta Mensah Miah Miller Mills Mistry"
    " Mitchell Moore Morgan Morris Murphy Murray Ncube Nelson Newton Njoroge Nolan Novak Nunn Obi"
    " Okafor Okoro Olley Osei Owusu Palmer Parker Parsons Patel Peake Pearce Perry Pike Porter"
    " Powell Pretty Price Pritchard Quill Rahman Reid Reynolds Richards Riley Roberts Robinson"
    " Rose Rudd Russell Ryan Saunders Scott Shah Sharma Shaw Sheikh Shepherd Simpson Singh Sloane"
    " Slater Somers Sood Spencer Stevens Stone Sutcliffe Tate Taylor Thomas Thompson Thornley"
    " Tindall Todd Turner Volkova Wade Walker Wallace Walsh Ward Watson Webb West Wheeler Whitby"
    " White Williams Wilson Wood Wright Wyatt Young Yusuf"
)
YOUNGEST, OLDEST = 26 * 365, 58 * 365  # days of age when they ask, or are approved
ETHNICITIES = (
    ("WBRI", 54),
    ("WOTH", 6),
    ("WIRI", 2),
    ("BAFR", 9),
    ("BCRB", 7),
    ("BOTH", 2),
    ("MWBC", 6),
    ("MWBA", 3),
    ("MWAS", 2),
    ("MOTH", 2),
    ("AIND", 3),
    ("APKN", 2),
    ("ABAN", 1),
    ("OOTH", 1),
)


def chance(seed: str) -> Random:
    """Numbers that look drawn and are always the same for one seed."""
    return Random(seed)  # noqa: S311 - invented records, not secrets


@dataclass(frozen=True)
class Somebody:
    """An invented adult."""

    given_name: str
    family_name: str
    gender: str
    born_on: date
    ethnicity: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class Family:
    """One or two adults who foster, or ask to, and how to reach them."""

    adults: tuple[Somebody, ...]
    email: str
    phone: str

    @property
    def name(self) -> str:
        """Their names as a heading has them: “Brian and Sheila Cope”."""
        first, *others = self.adults
        if not others:
            return first.name
        if others[0].family_name == first.family_name:
            return f"{first.given_name} and {others[0].name}"
        return f"{first.name} and {others[0].name}"


class Directory:
    """Draws families no two of which share a name."""

    def __init__(self, random: Random, *, domain: str) -> None:
        self._random = random
        self._domain = domain
        self._taken: set[str] = set()
        self._given = {gender: names.split() for gender, names in GIVEN.items()}
        self._families = FAMILY.split()
        self._phones = 0

    def ethnicity(self) -> str:
        codes = [code for code, _ in ETHNICITIES]
        return self._random.choices(codes, [weight for _, weight in ETHNICITIES])[0]

    def _adult(self, family_name: str, gender: str, born_on: date, ethnicity: str) -> Somebody:
        given = self._random.choice(self._given[gender])
        return Somebody(given, family_name, gender, born_on, ethnicity)

    def _draw(self, on: date) -> tuple[Somebody, ...]:
        random = self._random
        family_name = random.choice(self._families)
        ethnicity = self.ethnicity()
        born_on = on - timedelta(days=random.randint(YOUNGEST, OLDEST))
        first_gender = "F" if random.random() < 0.72 else "M"
        first = self._adult(family_name, first_gender, born_on, ethnicity)
        if random.random() < 0.38:
            return (first,)
        same = random.random() < 0.08
        other_gender = first_gender if same else "M" if first_gender == "F" else "F"
        other_name = (
            random.choice(self._families) if same or random.random() < 0.07 else family_name
        )
        other_born = born_on + timedelta(days=random.randint(-1800, 1800))
        other_born = min(other_born, on - timedelta(days=YOUNGEST))
        other_ethnicity = ethnicity if random.random() < 0.85 else self.ethnicity()
        other = self._adult(other_name, other_gender, other_born, other_ethnicity)
        return (first, other)

    def _is_taken(self, adults: tuple[Somebody, ...]) -> bool:
        same_given_name = len({adult.given_name for adult in adults}) < len(adults)
        return same_given_name or bool(self._taken & {adult.name for adult in adults})

    def family(self, on: date) -> Family:
        """One or two adults of an age to foster on a day, never of a name drawn before."""
        adults = self._draw(on)
        while self._is_taken(adults):
            adults = self._draw(on)
        self._taken |= {adult.name for adult in adults}
        self._phones += 1
        first = adults[0]
        mailbox = f"{first.given_name}.{first.family_name}".lower()
        return Family(
            adults,
            email=f"{mailbox}{self._phones}@{self._domain}",
            phone=f"{('01632 960', '07700 900')[self._phones % 2]} {self._phones // 2 % 1000:03}",
        )
