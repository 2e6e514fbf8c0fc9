"""GOV.UK fields: what was typed stays typed, and an error leads to what is to be mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeVar
from unicodedata import category
from uuid import UUID

from flask import get_template_attribute
from markupsafe import Markup
from wtforms import (
    EmailField,
    Field,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, StopValidation

from carers.domain import clock
from carers.domain.labels import Code
from carers.domain.reach import ACT, Reach

C = TypeVar("C", bound=Code)

EXAMPLE = "For example, 27 3 2026"


def choices(codes: type[Code], *, without: tuple[Code, ...] = ()) -> list[SelectChoice]:
    """A code list as the choices of a field."""
    return [SelectChoice(code.value, code.label) for code in codes if code not in without]


def choices_of(
    records: Iterable[tuple[UUID, str]], *, none: str = "Choose one"
) -> list[SelectChoice]:
    """Records as the choices of a field, each with its words; ``none`` of them first."""
    return [SelectChoice("", none), *(SelectChoice(str(one), words) for one, words in records)]


def one_of(codes: type[C]) -> Callable[[Any], C | None]:
    """Read a code of a list; one that is not in it is as none at all."""
    return lambda typed: codes(typed) if typed in set(codes) else None


def an_id(typed: Any) -> UUID | None:
    """Read an identifier; what is not one is as none at all."""
    try:
        return typed if isinstance(typed, UUID) else UUID(str(typed))
    except ValueError:
        return None


class GovDateField(Field):
    """A date in three boxes. What was typed stays typed, and an error leads to the box to mend.

    A date that is not within ``reach`` of today is refused.
    """

    BOXES: Mapping[str, int] = {"day": 2, "month": 2, "year": 4}  # and their widths

    def __init__(self, label: str, *, called: str, reach: Reach = ACT, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.called = called
        self.reach = reach
        self.mend = "day"

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(None, *args, **kwargs)
        given = self.data
        self.typed = {box: str(getattr(given, box, "")) for box in self.BOXES}
        if formdata is not None:
            self.typed = {box: formdata.get(f"{self.name}-{box}", "").strip() for box in self.BOXES}
            self.raw_data = ["".join(self.typed.values())]  # what InputRequired and Optional ask
            self.data = None
            try:
                self.data = self._read()
            except ValueError as error:
                self.process_errors = [str(error)]

    def pre_validate(self, form: BaseForm) -> None:
        if self.process_errors:
            raise StopValidation

    def _read(self) -> date | None:
        empty = [box for box, typed in self.typed.items() if not typed]
        if len(empty) == len(self.BOXES):
            return None
        if empty:
            self.mend = empty[0]
            raise ValueError(f"{self.called} must include a {' and '.join(empty)}")
        if not "".join(self.typed.values()).isdecimal():  # int() takes +1 and 1_0
            raise ValueError(f"{self.called} must be a real date")
        if len(self.typed["year"]) != self.BOXES["year"]:
            self.mend = "year"
            raise ValueError("Year must include 4 numbers")
        try:
            found = date(*(int(self.typed[box]) for box in ("year", "month", "day")))
        except (ValueError, OverflowError):
            raise ValueError(f"{self.called} must be a real date") from None
        if refusal := self.reach.refusal(found, clock.today()):
            self.mend = "year"
            raise ValueError(f"{self.called} {refusal}")
        return found


class TimeField(StringField):
    """A time of day, as people write one: 9:10am, 16:30, 4pm."""

    SHAPE = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?", re.IGNORECASE | re.ASCII)

    def process_data(self, value: time | str | None) -> None:
        self.data = f"{value:%H:%M}" if isinstance(value, time) else value

    @property
    def time(self) -> time | None:
        """The time typed, none for none; raises ValueError where it is not one."""
        typed = (self.data or "").strip()
        if not typed:
            return None
        match = self.SHAPE.fullmatch(typed)
        if match is None or not (match[2] or match[3]):
            raise ValueError
        return _time_of(int(match[1]), int(match[2] or 0), (match[3] or "").lower())


def _time_of(hour: int, minute: int, half: str) -> time:
    if half and not 1 <= hour <= 12:
        raise ValueError
    return time(hour % 12 + 12 * (half == "pm") if half else hour, minute)


class NumberField(IntegerField):
    """A whole number. Anything else is refused once, in words that name it."""

    LARGEST = 2**31 - 1

    def __init__(self, label: str, *, called: str, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.called = called

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = "".join(valuelist).strip()
        if not typed:
            return  # for InputRequired to say
        if not re.fullmatch(r"-?\d+", typed, re.ASCII):
            raise ValueError(f"{self.called} must be a whole number")
        if abs(int(typed)) > self.LARGEST:
            raise ValueError(f"{self.called} is too large a number")
        self.data = int(typed)

    def pre_validate(self, form: BaseForm) -> None:
        if self.process_errors:
            raise StopValidation


class FewField(NumberField):
    """A whole number that is most likely one of a few, which are offered as radios.

    Where another was typed, or there are none to offer, it is asked as any number is.
    """

    offered: Sequence[int] = ()

    @property
    def are_radios(self) -> bool:
        typed = self.raw_data[0] if self.raw_data else ""
        return bool(self.offered) and typed in {"", *map(str, self.offered)}

    @property
    def drawn_as(self) -> type[Field]:
        return RadioField if self.are_radios else NumberField

    def iter_choices(self) -> Iterator[tuple[str, str, bool]]:
        return ((str(one), str(one), one == self.data) for one in self.offered)


class AmountField(Field):
    """A number of pounds or miles with its decimals; a pound sign and commas may stand in it."""

    def __init__(self, label: str, *, called: str, decimals: int, most: int, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.called = called
        self.most = most
        self.shape = re.compile(rf"\d{{1,9}}(?:\.\d{{1,{decimals}}})?", re.ASCII)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = "".join(valuelist).strip().removeprefix("£").replace(",", "")
        if not typed:
            return
        if not self.shape.fullmatch(typed):
            raise ValueError(f"{self.called} must be a number, such as 12 or 12.5")
        if Decimal(typed) > self.most:
            raise ValueError(f"{self.called} must be {self.most:,} or less")
        self.data = Decimal(typed)

    def pre_validate(self, form: BaseForm) -> None:
        if self.process_errors:
            raise StopValidation


class CodesField(SelectMultipleField):
    """Any number of codes of a list, as checkboxes."""


def code_radios(
    label: str, codes: type[Code], *, missing: str, without: tuple[Code, ...] = (), hint: str = ""
) -> RadioField:
    """One code of a list, which must be chosen."""
    return RadioField(
        label,
        description=hint,
        choices=choices(codes, without=without),
        coerce=one_of(codes),
        validate_choice=False,
        validators=[DataRequired(missing)],
    )


def code_select(label: str, codes: type[Code], *, missing: str = "") -> SelectField:
    """One code of a longer list; none need be chosen where nothing says what is ``missing``."""
    return SelectField(
        label,
        choices=[SelectChoice("", "Choose one" if missing else "Not recorded"), *choices(codes)],
        coerce=one_of(codes),
        validate_choice=False,
        validators=[DataRequired(missing)] if missing else [],
    )


def today_or_another(label: str, *, called: str, hint: str = "") -> GovDateField:
    """A day that is today unless its reader changes it; ``hint`` is what else there is to say."""
    return GovDateField(
        label,
        called=called,
        description=" ".join(filter(None, ("Today unless you change it.", hint))).rstrip("."),
        validators=[InputRequired(f"Enter {called[0].lower()}{called[1:]}")],
        default=clock.today,
    )


def _input(field: Field) -> dict[str, Any]:
    typed = field.raw_data[0] if field.raw_data else field.data
    return {"label": {"text": field.label.text}, "value": _shown(typed)}


def _shown(typed: Any) -> str:
    """What was typed, but for the control characters that HTML cannot hold."""
    letters = "" if typed is None else str(typed)
    return "".join(one for one in letters if category(one) != "Cc" or one in "\t\r\n")


def _email(field: Field) -> dict[str, Any]:
    return {**_input(field), "type": "email", "autocomplete": "email", "spellcheck": False}


def _password(field: Field) -> dict[str, Any]:
    label = {"text": field.label.text}
    return {"label": label, "type": "password", "autocomplete": "current-password"}


def _choice_items(field: Any) -> list[dict[str, Any]]:
    return [
        {"value": value, "text": label, "checked": checked, "selected": checked}
        for value, label, checked, *_ in field.iter_choices()
    ]


def _radios(field: RadioField) -> dict[str, Any]:
    return {"idPrefix": field.id, "fieldset": _legend(field), "items": _choice_items(field)}


def _select(field: SelectField) -> dict[str, Any]:
    return {"label": {"text": field.label.text}, "items": _choice_items(field)}


def _date(field: GovDateField) -> dict[str, Any]:
    wrong = " govuk-input--error" if field.errors else ""
    items = [
        {
            "name": box,
            "value": _shown(typed),
            "classes": f"govuk-input--width-{field.BOXES[box]}{wrong}",
        }
        for box, typed in field.typed.items()
    ]
    return {"namePrefix": field.name, "fieldset": _legend(field), "items": items}


def _button(field: Field) -> dict[str, Any]:
    return {"text": field.label.text, "preventDoubleClick": True}


def _legend(field: Field) -> dict[str, Any]:
    return {"legend": {"text": field.label.text, "classes": "govuk-fieldset__legend--s"}}


COMPONENTS: Mapping[type[Field], tuple[str, Callable[[Any], dict[str, Any]]]] = {
    AmountField: ("input/govukInput", _input),
    NumberField: ("input/govukInput", _input),
    EmailField: ("input/govukInput", _email),
    PasswordField: ("input/govukInput", _password),
    TextAreaField: ("textarea/govukTextarea", _input),
    StringField: ("input/govukInput", _input),
    CodesField: ("checkboxes/govukCheckboxes", _radios),
    RadioField: ("radios/govukRadios", _radios),
    SelectField: ("select/govukSelect", _select),
    GovDateField: ("date-input/govukDateInput", _date),
    SubmitField: ("button/govukButton", _button),
}


def gov(field: Field, **extra: Any) -> Markup:
    """Draw a field with the GOV.UK macro for its kind."""
    kinds = getattr(field, "drawn_as", type(field)).mro()
    path, params = next(COMPONENTS[kind] for kind in kinds if kind in COMPONENTS)
    folder, macro = path.split("/")
    common = {
        "id": field.id,
        "name": field.name,
        "hint": {"text": field.description} if field.description else None,
        "errorMessage": {"text": field.errors[0]} if field.errors else None,
    }
    template = f"govuk_frontend_jinja/components/{folder}/macro.html"
    draw: Callable[[dict[str, Any]], Markup] = get_template_attribute(template, macro)
    return draw({k: v for k, v in (common | params(field) | extra).items() if v is not None})


def error_links(form: Any) -> list[dict[str, str]]:
    """The error summary's lines, each leading to what takes focus."""
    lines = [{"text": str(error)} for error in form.form_errors]
    for field in form:
        for error in field.errors[:1]:
            mend = getattr(field, "mend", None)
            target = f"{field.id}-{mend}" if mend else field.id
            lines.append({"text": str(error), "href": f"#{target}"})
    return lines


__all__ = [
    "EXAMPLE",
    "AmountField",
    "CodesField",
    "EmailField",
    "FewField",
    "GovDateField",
    "NumberField",
    "PasswordField",
    "RadioField",
    "SelectField",
    "StringField",
    "SubmitField",
    "TextAreaField",
    "TimeField",
    "an_id",
    "choices",
    "choices_of",
    "code_radios",
    "code_select",
    "error_links",
    "gov",
    "one_of",
    "today_or_another",
]
