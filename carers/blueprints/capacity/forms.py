"""What may be asked of the vacancy board."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wtforms import BooleanField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import NumberRange, Optional

from carers.blueprints.fields import CodesField, NumberField, SelectField, choices, one_of
from carers.domain.ages import AgeBand, AgeBands
from carers.domain.populations import Population
from carers.domain.register import PlacementType, Skill
from carers.domain.vacancies import BOTH, Show, Wanted

OLDEST = 17
MOST = 4
LONGEST_AREA = 20


class VacancyFilter(PlainForm):
    """Read from the address: it changes nothing, so it is sent with GET and any number of times."""

    changes: list[str] = []  # noqa: RUF012  # what a form that changes something would show

    age = NumberField(
        "Age of child",
        called="Age",
        validators=[
            Optional(),
            NumberRange(min=0, max=OLDEST, message=f"Age must be between 0 and {OLDEST}"),
        ],
    )
    places = SelectField(
        "Places needed",
        choices=[SelectChoice(str(n), f"{n} or more") for n in range(1, MOST + 1)],
        coerce=lambda typed: int(typed) if str(typed) in {"1", "2", "3", "4"} else 1,
        validate_choice=False,
        default=1,
    )
    skills = CodesField(
        "Skills held: all of these",
        choices=choices(Skill),
        coerce=one_of(Skill),
        validate_choice=False,
    )
    placement_type = SelectField(
        "Approved for",
        choices=[SelectChoice("", "Any"), *choices(PlacementType)],
        coerce=one_of(PlacementType),
        validate_choice=False,
    )
    population = SelectField(
        "Homes",
        choices=choices(Population, without=(Population.OFSTED_MAINSTREAM,)),
        coerce=one_of(Population),
        validate_choice=False,
        default=Population.MAINSTREAM,
    )
    show = CodesField("Show", choices=choices(Show), coerce=one_of(Show), validate_choice=False)
    fresh_only = BooleanField("Confirmed lately only")

    def wanted(self, day: date, bands: AgeBands, band: str, areas: Iterable[str]) -> Wanted:
        """What was asked, leaving out what could not be understood."""
        return Wanted(
            day=day,
            population=self.population.data or Population.MAINSTREAM,
            age=None if self.age.errors else self.age.data,
            band=_named(bands, band),
            places=self.places.data or 1,
            skills=frozenset(skill for skill in self.skills.data or () if skill),
            areas=frozenset(filter(None, map(_plain, areas))),
            placement_type=self.placement_type.data,
            fresh_only=bool(self.fresh_only.data),
            show=frozenset(side for side in self.show.data or () if side) or BOTH,
        )


def _plain(typed: str) -> str:
    return "".join(filter(str.isprintable, typed)).strip()[:LONGEST_AREA]


def _named(bands: AgeBands, code: str) -> AgeBand | None:
    return next((band for band in bands.bands if band.code == code), None)
