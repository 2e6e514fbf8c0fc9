"""What files do not say of a row stays as it is, in the row that a load corrects too."""

from __future__ import annotations

from datetime import date

from sqlalchemy import create_engine, select, text

from carers.domain.terms_change import TermsRoute
from carers.models import Household, Terms
from tests import folders
from tests.folders import ask, changed

SENT, ANSWERED = date(2020, 1, 1), date(2020, 1, 3)


def test_a_load_leaves_alone_how_terms_and_an_ending_came_about(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path))
    engine = create_engine(loading.config["CARERS_OWNER_DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE terms SET change_route = 'agreed', proposed_on = :sent,"
                " agreed_on = :answered FROM household"
                " WHERE household.id = household_id AND ref = 'H-1'"
            ),
            {"sent": SENT, "answered": ANSWERED},
        )
        connection.execute(
            text("UPDATE household SET notice_received_on = :day WHERE ref = 'H-2'"), {"day": SENT}
        )
    engine.dispose()

    folders.load(
        loading,
        folders.write(
            tmp_path,
            terms=changed("terms", "general,permanent,2", "general,permanent,3"),
            households=changed("households", "The Birches", "The Elms"),
        ),
    )

    kept = (Terms.places, Terms.change_route, Terms.proposed_on, Terms.agreed_on, Terms.decided_on)
    current = select(*kept).join(Household).where(Household.ref == "H-1")
    assert [
        tuple(row) for row in ask(loading, current.where(Terms.superseded_by_id.is_(None)))
    ] == [(3, TermsRoute.AGREED, SENT, ANSWERED, None)]
    notice = select(Household.name, Household.notice_received_on).where(Household.ref == "H-2")
    assert [tuple(row) for row in ask(loading, notice)] == [("The Elms", SENT)]
