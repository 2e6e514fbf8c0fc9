"""What every form shares: it is sent once, it knows what its reader saw, it refuses in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, ValidationError

from carers.blueprints.fields import EXAMPLE, GovDateField, TimeField
from carers.domain import clock
from carers.domain.errors import DomainError, RuleBroken

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # NUL is in no text of PostgreSQL
PLUMBING = frozenset({"submit", "csrf_token", "once", "seen"})


def a_number(typed: str) -> int | None:
    """Read the number of a change; what is not one is as none at all."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def trimmed(typed: str | None) -> str | None:
    """What was typed without white space around or between; none for nothing."""
    return " ".join((typed or "").split()) or None


def stripped(typed: str | None) -> str | None:
    """What was typed without white space around; none for nothing."""
    return (typed or "").strip() or None


@dataclass(frozen=True)
class Letters:
    """A text of so many at most, named as it is ``called``: by its label, if not otherwise."""

    most: int
    called: str = ""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if len(field.data or "") > self.most:
            called = self.called or field.label.text.removesuffix(" (optional)")
            raise ValidationError(f"{called} must be {self.most:,} characters or fewer")


def short_text(called: str = "") -> Letters:
    return Letters(200, called)


def long_text(called: str = "") -> Letters:
    return Letters(2000, called)


@dataclass(frozen=True)
class Offered:
    """An answer, or answers, that the field offers by the time it is sent."""

    sentence: str

    def __call__(self, form: BaseForm, field: Any) -> None:
        chosen = field.data if isinstance(field.data, list) else [field.data or ""]
        if set(chosen) - {""} - {value for value, *_ in field.iter_choices()}:
            raise ValidationError(self.sentence)


class Form(FlaskForm):
    """A form of the service.

    ``once`` names this copy of the form, so that one sent twice does its work once; ``seen`` is
    the last change of the record that its reader saw, so that a stale page can say so.
    """

    once = HiddenField()
    seen = HiddenField()

    class Meta(FlaskForm.Meta):
        """What was sent, without the control characters that nobody can type or read."""

        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:
            sent = super().wrap_formdata(form, formdata)
            if sent is None:
                return None
            typed = ((name, one) for name, one in sent.items(multi=True) if isinstance(one, str))
            return MultiDict((name, CONTROLS.sub("", one)) for name, one in typed)

    def __init__(self, *args: Any, seen: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fresh = seen
        self.changes: list[str] = []
        if not self.is_submitted():
            self.once.data = str(uuid4())
            self.seen.data = "" if seen is None else str(seen)

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, under the names of the service's arguments."""
        return {name: value for name, value in self.data.items() if name not in PLUMBING}

    @property
    def sent(self) -> UUID:
        """Which copy of the form this is; one that names none is a copy of its own."""
        try:
            return UUID(self.once.data or "")
        except ValueError:
            return uuid4()

    @property
    def seen_number(self) -> int | None:
        """The last change its reader saw, none where the form does not say."""
        return a_number(self.seen.data or "")

    def refuse(self, error: DomainError) -> None:
        """Put a refusal beside its field, or in the summary where the form has none such.

        The copy that goes back to its reader is a new one, of the record as it is now.
        """
        field = getattr(error, "field", None) if isinstance(error, RuleBroken) else None
        if field and field in self._fields:
            errors = self._fields[field].errors
            self._fields[field].errors = [*errors, error.sentence]
        else:
            self.form_errors.append(error.sentence)
        self.renew()

    def renew(self) -> None:
        """Make the copy that is shown again a fresh one."""
        self.once.data = str(uuid4())
        self.once.raw_data = None
        if self.fresh is not None:
            self.seen.data = str(self.fresh)
            self.seen.raw_data = None


class MomentForm(Form):
    """A form that asks for a day and a time: now, for today."""

    on = GovDateField(
        "What day did it happen?",
        called="The day it happened",
        description=EXAMPLE,
        validators=[InputRequired("Enter the day it happened")],
        default=clock.today,
    )
    time = TimeField(
        "What time?",
        description="For example, 9:10am. Leave it empty for now, if it is today",
        default=lambda: f"{clock.now():%H:%M}",
    )

    def validate_time(self, field: TimeField) -> None:
        try:
            given = field.time
        except ValueError:
            raise ValidationError("Enter a time as 9:10am or 16:30") from None
        if given is None and self.on.data and self.on.data != clock.today():
            raise ValidationError("Enter the time it happened, such as 2:30pm")

    def refuse(self, error: DomainError) -> None:
        """What is wrong with the instant stands beside its day."""
        if isinstance(error, RuleBroken) and error.field == "at":
            error.field = "on"
        super().refuse(error)

    @property
    def at(self) -> datetime:
        """The instant: now, where today is given without a time."""
        given = self.time.time
        return clock.at(self.on.data, given) if given else clock.now()

    @property
    def answers(self) -> dict[str, Any]:
        answers = super().answers
        del answers["on"], answers["time"]
        return answers | {"at": self.at}
