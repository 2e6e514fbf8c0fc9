"""Nonsense in every field of every form: each error names its field, in words of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.routing import Rule

from carers.blueprints.forms import Form
from carers.db import db
from carers.domain.recruitment import Event
from carers.models import Household, Membership
from tests.browser import Browser, Page
from tests.factories import Make
from tests.panel_cases import TO_DECISION, TO_STAGE2, case
from tests.typed import day
from tests.web import test_crawler

BOXES = re.compile("-(day|month|year)$")
FILLER = {"and", "are", "enter", "for", "from", "must", "not", "optional", "select", "the", "they"}
THEIR_OWN = re.compile(
    "Not a valid|not a valid choice|Invalid|This field|Field must|Number must|^This |^It "
)
YEAR = "Year must include 4 numbers"  # of the box to mend
PLUMBING = {"seen", "once", "csrf_token"}

EVENTS = (  # one of each kind of form
    Event.CONTACTED,
    Event.HANDED_OVER,
    Event.INITIAL_VISIT_BOOKED,
    Event.PANEL_RECOMMENDED,
    Event.PAUSED,
    Event.WITHDRAWN,
)

theirs = test_crawler.theirs  # a record of each kind, of one service


@pytest.fixture
def validated(monkeypatch) -> list[Form]:
    """The forms that are validated, in order."""
    forms: list[Form] = []
    validate = Form.validate

    def kept(form: Form, extra_validators: Any = None) -> bool:
        forms.append(form)
        return bool(validate(form, extra_validators))

    monkeypatch.setattr(Form, "validate", kept)
    return forms


@pytest.fixture
def pages(app: Flask, make, sign_in, theirs) -> list[tuple[Browser, str, Page]]:
    """Every page with a form to itself, as somebody who may open it all."""
    member = db.session.get_one(Membership, theirs["membership_id"])
    browser = sign_in(make.viewer_of(member))
    found = [(path, browser.get(path)) for path in sorted(set(paths(app, make, theirs)))]
    return [(browser, path, page) for path, page in found if page.is_html and names_of(page, path)]


def paths(app: Flask, make: type[Make], theirs: dict[str, Any]) -> Iterator[str]:
    service = db.session.get_one(Household, theirs["household_id"]).service
    made = [case(make, service, *steps) for steps in (TO_STAGE2, TO_DECISION)]
    cases = [{"enquiry_id": one.id, "event_id": one.events[-1].id} for one in made]
    for rule in app.url_map.iter_rules():
        if not {"GET", "POST"} <= set(rule.methods or ()) or rule.endpoint == "accounts.sign_in":
            continue
        several = cases if "enquiry_id" in rule.arguments else []
        events = EVENTS if "event" in rule.arguments else (Event.CONTACTED,)
        for one, event in product([{}, *several], events):
            yield path_of(app, rule, {**theirs, **one, "event": event.value})


def path_of(app: Flask, rule: Rule, known: dict[str, Any]) -> str:
    given = {name: known.get(name, UUID(int=0)) for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, given)


def names_of(page: Page, path: str) -> set[str]:
    """The names of the fields of the form that is sent to its own page."""
    return {
        name
        for form in page.tree.iter("form")
        if form.get("method") == "post" and form.get("action", path) == path
        for kind in ("input", "select", "textarea")
        for one in form.iter(kind)
        if (name := one.get("name"))
    } - PLUMBING


def own_words(form: Form, name: str) -> set[str]:
    field: Any = form[name]
    return plain(f"{field.label.text} {field.description} {getattr(field, 'called', '')}")


def plain(sentence: str) -> set[str]:
    return set(re.findall(r"\w{3,}", sentence.lower())) - FILLER


@pytest.mark.parametrize("typed", ["x" * 3000, "-1", ""])
def test_every_error_names_its_field_in_our_own_words(pages, validated, typed):
    said, wrong = 0, set()
    for browser, path, page in pages:
        answered = send(browser, path, page, dict.fromkeys(names_of(page, path), typed))
        for name, sentence in answered.errors.items():
            said += 1
            if name and not names_its_field(validated[-1], name, sentence):
                wrong.add((name, sentence))

    assert wrong == set()
    assert said > 20


def names_its_field(form: Form, name: str, sentence: str) -> bool:
    if THEIR_OWN.search(sentence):
        return False
    return sentence == YEAR or bool(own_words(form, name) & plain(sentence))


def send(browser: Browser, path: str, page: Page, answers: dict[str, str]) -> Page:
    return browser.post(path, page.hidden(path if posts_to(page, path) else None) | answers)


def posts_to(page: Page, path: str) -> bool:
    return any(form.get("action") == path for form in page.tree.iter("form"))


@pytest.mark.parametrize("slip", [date(1850, 6, 1), date(9999, 12, 31)])
def test_no_form_takes_a_date_out_of_reach(pages, slip):
    asked = 0
    for browser, path, page in pages:
        names = {BOXES.sub("", name) for name in names_of(page, path) if BOXES.search(name)}
        errors = send(
            browser, path, page, {k: v for name in names for k, v in day(name, slip).items()}
        ).errors
        for name in names:
            assert re.search("or later|or earlier|in the past", errors.get(name, "")), (path, name)
        asked += len(names)

    assert asked > 20
