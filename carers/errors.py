"""What a person reads when something cannot be done: every refusal has a page."""

from __future__ import annotations

import logging

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from carers.db import AlreadySent, db, refusal_of
from carers.domain.errors import Busy, NotFound, NotPermitted, RuleBroken

logger = logging.getLogger(__name__)

WORDS: dict[int, tuple[str, str]] = {
    400: ("There is a problem with this request", "Go back, check what you sent and try again."),
    403: (
        "You cannot open this page",
        "Your role does not include it. If it should, ask your administrator.",
    ),
    404: (
        "Page not found",
        "Check the address. If it was of a record, it may belong to another service.",
    ),
    405: ("This page cannot be used in that way", "Open it again from the menu."),
    409: ("This could not be done", "Go back, look at the record as it is now and try again."),
    413: ("What you sent is too large", "Send something smaller."),
    500: (
        "Sorry, there is a problem",
        "Nothing was changed. Try again; if it happens again, tell your administrator.",
    ),
    503: (
        "Sorry, the service is not available",
        "The database cannot be reached. Nothing was changed. Try again in a few minutes.",
    ),
}


def page(status: int, sentence: str | None = None) -> ResponseReturnValue:
    """The page of a refusal."""
    heading, advice = WORDS.get(status, WORDS[400])
    shown = render_template("errors/error.html", heading=heading, advice=sentence or advice)
    return shown, status


def init_app(app: Flask) -> None:
    app.register_error_handler(NotFound, lambda _: page(404))
    app.register_error_handler(NotPermitted, lambda error: page(403, error.sentence))
    app.register_error_handler(RuleBroken, lambda error: page(409, error.sentence))
    app.register_error_handler(Busy, lambda error: page(409, error.sentence))
    app.register_error_handler(AlreadySent, lambda error: page(409, error.sentence))
    app.register_error_handler(
        CSRFError,
        lambda _: page(400, "This page was open too long. Go back, open it again and send again."),
    )
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(OperationalError, _of_database)
    app.register_error_handler(Exception, _unforeseen)


def _of_http(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < 400:
        return error.get_response()
    return page(error.code or 500)


def _of_database(error: OperationalError) -> ResponseReturnValue:
    if refusal := refusal_of(error):
        return page(409, refusal.sentence)
    logger.error("The database could not be reached", exc_info=error)
    return page(503)


def _unforeseen(error: Exception) -> ResponseReturnValue:
    logger.error("An unforeseen error", exc_info=error)
    db.session.rollback()
    return page(500)
