"""What *Targets and net gain* is asked of: a year, a day in it and a population."""

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
from carers.reports import asking

YEARS_BACK = 10


class Chooser(Form):
    """Sent as an address, so that a page can be kept and passed on; it changes nothing."""

    year = SelectField("Financial year", validate_choice=False)
    as_at = GovDateField(
        "As at the end of",
        called="The day",
        description="For example, 18 11 2025. Leave it empty for the latest day of the year",
    )
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
    def whole_year(self) -> Days:
        return asking.year_named(self.year.data)

    @property
    def days(self) -> Days:
        """From the year's first day to the day asked about: today, or its last, if none was."""
        year = self.whole_year
        day = self.as_at.data or min(clock.today(), year.last)
        return Days(year.first, day)

    @property
    def population_asked(self) -> Population:
        return Population(self.population.data)

    @property
    def address(self) -> dict[str, Any]:
        """What the page was asked, for a link that asks the same."""
        last = self.days.last
        boxes = {"day": last.day, "month": last.month, "year": last.year}
        dated = {f"as_at-{box}": value for box, value in boxes.items()}
        return {"year": self.year.data, "population": self.population.data, **dated}
