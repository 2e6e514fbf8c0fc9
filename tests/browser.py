"""A browser without a screen: it signs in, follows forms, and checks every page it fetches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from contextvars import Context
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask, has_app_context
from werkzeug.test import TestResponse

from carers.access import identity
from carers.db import db
from carers.domain.viewer import Viewer
from carers.models import User
from tests.audited import audited

# html5lib does not know that these are allowed in HTML as it is now.
FORGIVEN = {"unexpected-char-after-doctype"}


@dataclass
class Page:
    """One answer, which checks itself as HTML a reader can use."""

    response: TestResponse
    path: str

    def __post_init__(self) -> None:
        if self.is_html:
            self._check()

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def is_html(self) -> bool:
        return self.response.mimetype == "text/html" and bool(self.response.data)

    @cached_property
    def html(self) -> str:
        return self.response.get_data(as_text=True)

    @cached_property
    def tree(self) -> Element:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree: Element = parser.parse(self.html)
        found = [code for _, code, _ in parser.errors if code not in FORGIVEN]
        assert not found, f"{self.path} is not valid HTML: {found}"
        return tree

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of a kind whose attributes are these (class_ for class)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.tree.iter(tag)
            if all(element.get(name) == value for name, value in wanted.items())
        ]

    @cached_property
    def text(self) -> str:
        """The words of the page's main part, white space folded."""
        return words(self.all("main")[0])

    @property
    def heading(self) -> str:
        return words(self.all("h1")[0])

    @property
    def title(self) -> str:
        return words(self.all("title")[0])

    @property
    def links(self) -> list[str]:
        return [href for a in self.tree.iter("a") if (href := a.get("href"))]

    def link(self, shown: str) -> str:
        """The address of the link with these words."""
        found = [a.get("href") for a in self.tree.iter("a") if words(a) == shown]
        assert found, f"No link “{shown}” on {self.path}"
        return str(found[0])

    @property
    def rows(self) -> list[list[str]]:
        """The cells of every table row in the page's body parts of tables."""
        return [
            [words(cell) for cell in row if cell.tag in ("td", "th")]
            for body in self.tree.iter("tbody")
            for row in body.iter("tr")
        ]

    @property
    def errors(self) -> dict[str, str]:
        """Each error message by the field it stands beside; those of no field under “”."""
        beside = {
            str(element.get("id")).removesuffix("-error"): words(element).removeprefix("Error: ")
            for element in self.tree.iter("p")
            if "govuk-error-message" in (element.get("class") or "")
        }
        summary = [a for a in self.tree.iter("ul") if "error-summary__list" in a.get("class", "")]
        loose = [words(li) for ul in summary for li in ul.iter("li") if not list(li.iter("a"))]
        return beside | ({"": " ".join(loose)} if loose else {})

    def hidden(self, action: str | None = None) -> dict[str, str]:
        """The hidden fields of the form that is sent to `action`, this page's own if none."""
        for form in self.tree.iter("form"):
            if form.get("method") == "post" and form.get("action") == action:
                return {
                    str(one.get("name")): str(one.get("value", ""))
                    for one in form.iter("input")
                    if one.get("type") == "hidden"
                }
        raise AssertionError(f"No form to {action or 'itself'} on {self.path}")

    def _check(self) -> None:
        ids = Counter(element.get("id") for element in self.tree.iter() if element.get("id"))
        twice = [one for one, times in ids.items() if times > 1]
        assert not twice, f"{self.path} has ids twice: {twice}"
        assert len(self.all("h1")) == 1, f"{self.path} has not one h1"
        assert self.heading in self.title, f"{self.path}: {self.title} is not of {self.heading}"
        assert self.title.startswith("Error: ") == bool(self.errors), f"{self.path}: {self.title}"
        for link in self.links:
            if link.startswith("#"):
                assert link[1:] in ids, f"{self.path} links to {link}, which is not there"
        for element in self.tree.iter():
            for named in (element.get("aria-describedby") or "").split():
                assert named in ids, f"{self.path} is described by {named}, which is not there"


@dataclass
class Browser:
    """Somebody's browser; nobody's if no viewer is given."""

    app: Flask
    viewer: Viewer | None = None
    client: Any = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        if self.viewer:
            user = db.session.get_one(User, self.viewer.user_id)
            with self.client.session_transaction() as session:
                session["_user_id"] = identity(user, self.viewer.membership_id)
                session["_fresh"] = True

    def get(self, path: str) -> Page:
        return Page(Context().run(self.client.get, path), path)

    def post(self, path: str, answers: Mapping[str, Any] | None = None) -> Page:
        """Send a form's answers, and go where it leads."""
        with audited() if self.viewer and has_app_context() else nullcontext():
            response = Context().run(self.client.post, path, data=dict(answers or {}))
        return self._go(response, path)

    def submit(self, path: str, answers: Mapping[str, Any], action: str | None = None) -> Page:
        """Open a page, fill its form in and send it."""
        page = self.get(path)
        hidden = page.hidden(action)
        return self.post(action or path, hidden | dict(answers))

    def _go(self, response: TestResponse, path: str) -> Page:
        if response.status_code in (302, 303):
            there = urlsplit(response.headers["Location"])
            return self.get(there.path + (f"?{there.query}" if there.query else ""))
        return Page(response, path)


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
