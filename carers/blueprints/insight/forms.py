"""What the pages of figures are asked of: a year or two dates, and a population."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag

from carers import filters
from carers.blueprints.fields import GovDateField, choices
from carers.domain import clock
from carers.domain.errors import RuleBroken
from carers.domain.period import Days
from carers.domain.populations import Population
from carers.domain.register import Skill
from carers.domain.working_days import add_months
from carers.reports import asking

ALL_SKILLS = "All skills"
YEARS_BACK = 10
LONGEST = 5  # years of days in one picture


class YearChooser(Form):
    """Sent as an address, so that a page can be kept and passed on; it changes nothing."""

    year = SelectField("Financial year", validate_choice=False)
    population = SelectField("Homes", choices=choices(Population), validate_choice=False)

    changes: ClassVar[Sequence[str]] = ()  # as the error summary asks every form

    def __init__(self, given: MultiDict[str, str]) -> None:
        this_year = Days.year_of(clock.today())
        asked = dict(given.items(multi=False))
        asked = {"year": this_year.label, "population": str(Population.MAINSTREAM)} | asked
        super().__init__(formdata=MultiDict(asked))
        first = this_year.first.year
        labels = [Days.financial_year(first - back).label for back in range(YEARS_BACK + 1)]
        if self.year.data not in labels:
            labels.append(self.year.data)
        self.year.choices = [SelectChoice(label, label) for label in labels]

    def validate_year(self, field: SelectField) -> None:
        try:
            year = asking.year_named(field.data)
        except RuleBroken as error:
            raise ValidationError(error.sentence) from None
        if year.first > clock.today():
            raise ValidationError("The year must have begun")

    def validate_population(self, field: SelectField) -> None:
        if field.data not in set(Population):
            raise ValidationError("Choose which homes to count from the list")

    @property
    def whole_year(self) -> Days:
        return asking.year_named(self.year.data)

    @property
    def population_asked(self) -> Population:
        return Population(self.population.data)


class Chooser(YearChooser):
    """A year and a day in it."""

    as_at = GovDateField(
        "As at the end of",
        called="The day",
        description="For example, 18 11 2025. Leave it empty for the latest day of the year",
    )

    def validate_as_at(self, field: GovDateField) -> None:
        day: date | None = field.data
        if day is None:
            return
        if day > clock.today():
            raise ValidationError("The day must be today or earlier")
        try:
            year = asking.year_named(self.year.data)
        except RuleBroken:
            return  # said beside the year
        if not year.includes(day):
            first, last = filters.day(year.first), filters.day(year.last)
            raise ValidationError(f"The day must be in {year.label}, {first} to {last}")

    @property
    def days(self) -> Days:
        """From the year's first day to the day asked about: today, or its last, if none was."""
        year = self.whole_year
        day = self.as_at.data or min(clock.today(), year.last)
        return Days(year.first, day)

    @property
    def address(self) -> dict[str, Any]:
        """What the page was asked, for a link that asks the same."""
        return {
            "year": self.year.data,
            "population": self.population.data,
            **boxes("as_at", self.days.last),
        }


class DatesChooser(YearChooser):
    """A year, or any two dates."""

    first = GovDateField(
        "From",
        called="The first day",
        description="For example, 1 4 2025. Leave both dates empty for the whole year, so far",
    )
    last = GovDateField("To", called="The last day")
    skill = SelectField(
        "Skill",
        choices=[SelectChoice("", ALL_SKILLS), *choices(Skill)],
        default="",
        validate_choice=False,
    )

    def validate_skill(self, field: SelectField) -> None:
        if field.data and field.data not in set(Skill):
            raise ValidationError("Choose a skill from the list")

    @property
    def skill_asked(self) -> Skill | None:
        return Skill(self.skill.data) if self.skill.data else None

    def validate_first(self, field: GovDateField) -> None:
        if field.data is None and self.last.data:
            raise ValidationError("Enter the first day too")

    def validate_last(self, field: GovDateField) -> None:
        first, last = self.first.data, field.data
        if last is None:
            if first:
                raise ValidationError("Enter the last day too")
            return
        if last > clock.today():
            raise ValidationError("The last day must be today or earlier")
        if first and last < first:
            raise ValidationError("The last day must be the same as or after the first day")
        if first and last >= add_months(first, 12 * LONGEST):
            raise ValidationError(f"The dates must be {LONGEST} years apart or less")

    @property
    def days(self) -> Days:
        """The two dates, or the year until today."""
        if self.first.data and self.last.data:
            return Days(self.first.data, self.last.data)
        year = self.whole_year
        return Days(year.first, min(clock.today(), year.last))

    @property
    def address(self) -> dict[str, Any]:
        """What the page was asked, for a link that asks the same."""
        return dates_address(self.days, self.population_asked, self.skill_asked)


def dates_address(days: Days, population: Population, skill: Skill | None) -> dict[str, Any]:
    return {
        "population": str(population),
        **({"skill": str(skill)} if skill else {}),
        **boxes("first", days.first),
        **boxes("last", days.last),
    }


def boxes(name: str, day: date) -> dict[str, int]:
    """A date as its three boxes send it."""
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
