"""Exemptions from the page of a home: recorded, put right, ended; temporary approvals extended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from carers.db import db, settle
from carers.domain import clock
from carers.domain.register import Approval
from carers.domain.roles import Role
from carers.models import Child, Exemption, Household, TemporaryApproval
from tests.browser import words
from tests.typed import blank, day, path

TODAY = clock.today()
RECORD = "/exemptions/record"
EXTEND, CORRECT = "/temporary-approval/extend", "/temporary-approval/correct"


def named(children: str, **given: str) -> dict[str, str]:
    """An exemption as it is typed."""
    return {
        "children": children,
        **day("from_on", TODAY),
        **blank("until_on"),
        "granted_by": " Elmshire  County Council ",
        **given,
    }


def over_full(make, home) -> tuple[Exemption, str]:
    """Four children in three places, by an exemption that names them all."""
    children = [make.child(home.service) for _ in range(4)]
    exemption = make.exemption(home, *children, from_on=TODAY - timedelta(days=9))
    for child in children:
        make.placement(home, child=child, from_on=TODAY - timedelta(days=8))
    settle()
    return exemption, path(home, f"/exemptions/{exemption.id}")


def test_the_alert_leads_to_an_exemption_that_names_every_child_and_quiets_it(
    make, home, supervisor, manager
):
    there = make.household(home.service, places=4)
    make.allocation(supervisor.viewer, household=there)
    children = [make.placement(there).child for _ in range(4)]
    settle()
    alerted = supervisor.get(path(there))
    assert "4 children live here, over the usual fostering limit" in alerted.text
    [link] = [one for one in alerted.all("a") if "for the children living here" in words(one)]
    assert link.get("href") == path(there, RECORD)
    assert path(there, RECORD) in manager.get(path(there, "/place")).links

    typed = named("\r\n".join(one.ref for one in children))
    page = supervisor.submit(path(there, RECORD), typed)

    assert "The exemption is recorded" in page.text
    assert "by Elmshire County Council" in page.text
    assert "over the usual fostering limit" not in page.text
    kept = db.session.scalars(select(Exemption)).one()
    assert kept.child_ids == [one.id for one in children]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"children": " , "}, "children", "Enter the reference of each child it names"),
        ({"children": "C-0999"}, "children", "No child C-0999 is recorded"),
        (
            {"children": "C-1" * 700},
            "children",
            "The children named must be 2,000 characters or fewer",
        ),
        ({"granted_by": " "}, "granted_by", "Enter which authority gave it"),
        (blank("from_on"), "from_on", "Enter the first day"),
        (day("from_on", date(2020, 3, 31)), "from_on", "between 1 April 2020, when"),
        (day("until_on", TODAY), "until_on", "The end must be after the first day"),
        ({"until_on-day": "x"}, "until_on", "The end must include a month and year"),
    ],
)
def test_a_bad_exemption_is_refused_and_what_was_typed_stays(
    make, home, supervisor, typed, field, sentence
):
    child = make.child(home.service)

    page = supervisor.submit(path(home, RECORD), named(child.ref) | typed)

    assert sentence in page.errors[field]
    if "children" not in typed:
        assert words(page.all("textarea", name="children")[0]) == child.ref
    assert db.session.scalars(select(Exemption)).all() == []


def test_a_stale_page_says_so(make, home, supervisor):
    child = make.child(home.service)
    opened = supervisor.get(path(home, RECORD)).hidden()
    supervisor.submit(path(home, "/edit"), {"name": "Angela Foyle", "phone": "01632 960999"})

    page = supervisor.post(path(home, RECORD), opened | named(child.ref))

    assert "Somebody changed this record" in page.errors[""]


def test_a_form_sent_twice_does_its_work_once(make, home, supervisor):
    child = make.child(home.service)
    sent = supervisor.get(path(home, RECORD)).hidden() | named(child.ref)

    for _ in range(2):
        assert supervisor.post(path(home, RECORD), sent).heading == "Angela Foyle"

    assert len(db.session.scalars(select(Exemption)).all()) == 1


def test_it_is_ended_once_nobody_lives_there_by_it(make, home, supervisor):
    exemption = make.exemption(home, make.child(home.service))
    there = path(home, f"/exemptions/{exemption.id}/end")
    assert there in supervisor.get(path(home)).links

    page = supervisor.submit(there, day("until_on", TODAY))

    assert "The exemption is ended" in page.text
    assert there not in page.links
    again = supervisor.submit(there, day("until_on", TODAY))
    assert "An end is recorded already" in again.errors["until_on"]


def test_a_child_is_moved_first_or_a_manager_says_why_not(make, home, supervisor, manager):
    _, there = over_full(make, home)
    typed = day("until_on", TODAY)

    refused = supervisor.submit(f"{there}/end", typed)
    assert "Move a child first, or ask a team manager" in refused.errors["until_on"]
    assert not refused.all("textarea", name="override_reason")
    forced = refused.hidden() | typed | {"override_reason": "Please"}
    assert supervisor.post(f"{there}/end", forced).status == 403

    assert not manager.get(f"{there}/end").all("textarea", name="override_reason")
    refused = manager.submit(f"{there}/end", typed)
    assert refused.all("textarea", name="override_reason")
    page = manager.post(
        f"{there}/end", refused.hidden() | typed | {"override_reason": "They move on Friday"}
    )
    assert "The exemption is ended" in page.text
    assert "over the usual fostering limit" in page.text


def test_it_is_put_right_where_it_is(make, home, supervisor):
    exemption, there = over_full(make, home)
    opened = supervisor.get(f"{there}/correct")
    typed = words(opened.all("textarea", name="children")[0])
    assert len(typed.split()) == 4
    right = {"what": "right"} | named(typed.replace(" ", "\n"), granted_by="Kent")

    fewer = supervisor.submit(f"{there}/correct", right | {"children": "C-0999"})
    assert "No child C-0999 is recorded" in fewer.errors["children"]
    later = supervisor.submit(f"{there}/correct", right | day("from_on", TODAY))
    assert "is corrected" in later.text

    db.session.refresh(exemption)
    assert (exemption.granted_by, exemption.from_on) == ("Kent", TODAY)


def test_a_mistake_is_removed_and_stays_readable(make, home, supervisor, manager):
    exemption, there = over_full(make, home)
    mistake = {"what": "mistake", "children": "", "granted_by": ""}
    refused = supervisor.submit(f"{there}/correct", mistake)
    assert "Move a child first" in refused.errors[""]

    refused = manager.submit(f"{there}/correct", mistake)
    over = mistake | {"override_reason": "None was ever given"}
    page = manager.post(f"{there}/correct", refused.hidden() | over)

    assert "The entry is removed" in page.text
    assert "Removed, it was a mistake: it holds on no day" in page.text
    db.session.refresh(exemption)
    assert exemption.until_on == exemption.from_on
    opened = manager.get(f"{there}/correct")
    assert opened.all("input", name="until_on-day")[0].get("value") in ("", None)


@pytest.mark.parametrize("role", [Role.PLACEMENTS_OFFICER, Role.HEAD_OF_SERVICE])
def test_who_may_not_edit_is_offered_nothing_and_refused(make, home, sign_in, role):
    exemption = make.exemption(home, make.child(home.service))
    reader = sign_in(make.viewer(role, works_for=home.service))

    assert not [one for one in reader.get(path(home)).links if "/exemptions" in one]
    for more in (RECORD, f"/exemptions/{exemption.id}/correct", f"/exemptions/{exemption.id}/end"):
        assert reader.get(path(home, more)).status == 403


def test_another_workers_home_is_refused_and_another_homes_exemption_not_found(
    make, home, sign_in, manager
):
    another = sign_in(make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=home.service))
    assert another.get(path(home, RECORD)).status == 403
    elsewhere = make.exemption(make.household(home.service), make.child(home.service))

    for more in ("correct", "end"):
        there = path(home, f"/exemptions/{elsewhere.id}/{more}")
        assert manager.get(there).status == 404


def temporary(make, home, kind: Approval = Approval.TEMPORARY, *, days: int = 100) -> Household:
    made: Household = make.household(
        home.service, places=None, approval=kind, approved_on=TODAY - timedelta(days=days)
    )
    make.temporary_approval(made, make.child(home.service), approved_by="Sunita Rao")
    return made


def extended(**given: str) -> dict[str, str]:
    return {
        **day("extended_on", TODAY),
        "reason": "assessment_not_complete",
        **day("panel_views_on", TODAY - timedelta(days=5)),
        **day("iro_informed_on", TODAY - timedelta(days=4)),
        "extension_approved_by": "Sunita Rao",
        **given,
    }


def test_an_extension_is_recorded_once_and_changes_the_last_day(make, home, manager):
    there = temporary(make, home)
    before = manager.get(path(there)).text

    page = manager.submit(path(there, EXTEND), extended())

    last = there.approved_on + timedelta(days=24 * 7 - 1)
    assert f"Its last day is {last.day} {last:%B %Y}" in page.text
    assert f"Its last day is {last.day} {last:%B %Y}" not in before
    assert "Extended on 24 November 2026, assessment not complete, by Sunita Rao" in page.text
    again = manager.submit(path(there, EXTEND), extended())
    assert "there is no second extension" in again.errors["reason"]
    review = manager.submit(path(there, EXTEND), extended(reason="review_of_determination"))
    assert "It has no last day" in review.text
    assert path(there, EXTEND) not in review.links


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (blank("extended_on"), "extended_on", "Enter the first day of the extension"),
        (day("extended_on", TODAY + timedelta(days=60)), "extended_on", "16 weeks end then"),
        ({"reason": "because"}, "reason", "Select why it is extended"),
        (blank("panel_views_on"), "panel_views_on", "Enter the day the panel’s views"),
        (day("panel_views_on", TODAY + timedelta(days=1)), "panel_views_on", "goes before"),
        (blank("iro_informed_on"), "iro_informed_on", "Enter the day the reviewing officer"),
        ({"extension_approved_by": " "}, "extension_approved_by", "Enter who approved the ext"),
    ],
)
def test_a_bad_extension_is_refused(make, home, manager, typed, field, sentence):
    there = temporary(make, home)

    page = manager.submit(path(there, EXTEND), extended(**typed))

    assert sentence in page.errors[field]
    assert db.session.scalars(select(TemporaryApproval.extended_on)).all() == [None]


def test_for_whom_they_are_approved_is_put_right_with_the_extension(make, home, manager):
    there = temporary(make, home)
    other = make.child(home.service)
    page = manager.submit(path(there, CORRECT), {"children": other.ref, "approved_by": "A Rao"})
    assert f"for {other.ref}. " in page.text
    assert "Approved by A Rao" in page.text
    assert "extended_on-day" not in manager.get(path(there, CORRECT)).html
    manager.submit(path(there, EXTEND), extended())
    facts = {"children": other.ref, "approved_by": ""}

    bad = manager.submit(path(there, CORRECT), facts | extended(reason=""))
    assert "Select why it is extended" in bad.errors["reason"]
    manager.submit(path(there, CORRECT), facts | extended(extension_approved_by="B Osei"))
    said = db.session.scalars(select(TemporaryApproval)).one()
    assert (said.extension_approved_by, said.approved_by) == ("B Osei", None)

    page = manager.submit(path(there, CORRECT), facts | {"was_extended": "no"})
    assert "Extended on" not in page.text
    nobody = manager.submit(path(there, CORRECT), {"children": "", "approved_by": ""})
    assert "Enter the reference of each child" in nobody.errors["children"]


def test_a_home_of_files_that_names_nobody_is_put_right(make, home, manager):
    there = temporary(make, home, Approval.ADOPTER)
    bare = make.household(home.service, places=None, approval=Approval.ADOPTER)
    child = make.child(home.service)

    assert path(there, EXTEND) not in manager.get(path(there)).links
    page = manager.submit(path(bare, CORRECT), {"children": child.ref, "approved_by": ""})

    assert f"for {child.ref}. " in page.text


def test_only_the_approvals_they_are_for_have_these_pages(make, home, manager, supervisor):
    for kind, extends, corrects in (
        (Approval.ADOPTER, 404, 200),
        (Approval.HOST, 404, 404),
        (Approval.FULL, 404, 404),
    ):
        there = make.household(home.service, places=None, approval=kind)
        assert manager.get(path(there, EXTEND)).status == extends
        assert manager.get(path(there, CORRECT)).status == corrects
    assert supervisor.get(path(temporary(make, home), EXTEND)).status == 403


def test_such_an_approval_ends_from_its_page(make, home, manager):
    there = temporary(make, home)
    typed = {
        "initiated_by": "service",
        "reason": "connected_placement_ended",
        **blank("notice_received_on"),
        **day("ended_on", TODAY),
    }
    page = manager.submit(manager.get(path(there)).link("End the approval"), typed)
    button = next(one for one in page.all("button") if one.get("name") == "agreed")

    page = manager.post(
        path(there, "/end-approval"), page.hidden() | {"agreed": str(button.get("value"))}
    )

    assert "Approval ended on 24 November 2026: connected placement ended" in page.text


def test_a_home_over_under_an_exemption_is_confirmed_with_the_rest(make, home, sign_in):
    worker = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=home.service)
    make.allocation(worker, household=home)
    make.placement(make.household(home.service))  # of whom the exemption says nothing
    exemption, _ = over_full(make, home)
    there = sign_in(worker)
    page = there.get("/my-carers")
    assert "The records disagree" not in page.text
    assert "Confirm 1 unchanged" in page.text

    exemption.child_ids = exemption.child_ids[1:]
    settle()

    page = there.get("/my-carers")
    assert "The records disagree: 4 filled, and 3 approved" in page.text
    assert "1 home is left out of confirming together" in page.text


def test_today_asks_for_an_exemption_until_one_names_every_child_who_counts(make, home, sign_in):
    worker = make.viewer(Role.SUPERVISING_SOCIAL_WORKER, works_for=home.service)
    make.allocation(worker, household=home)
    make.placement(make.household(home.service))
    exemption, _ = over_full(make, home)
    there = sign_in(worker)
    title = f"Get an exemption for {home.name}"
    assert title not in there.get("/today").text

    named, exemption.child_ids = exemption.child_ids, exemption.child_ids[1:]
    settle()

    page = there.get("/today")
    assert page.link(title) == path(home, "#limit")
    assert "9 days over" in page.text

    unnamed = db.session.get_one(Child, named[0])
    unnamed.born_on = TODAY - timedelta(days=19 * 366)
    settle()
    assert title not in there.get("/today").text
