"""The pages of enquiries, as their readers see them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from carers.db import db
from carers.domain import clock
from carers.domain.recruitment import Event
from carers.domain.register import Skill
from carers.domain.roles import Role
from carers.models import Enquiry, FosteringService
from tests.statements import count_of

ANSWERS = {
    "applicant_1": "Marcus Bell",
    "applicant_2": "Tanya Bell",
    "phone": "01632 960114",
    "channel": "phone",
    "route": "mainstream",
    "interests": ["adolescents", "respite"],
}


def today() -> dict[str, str]:
    day = clock.today()
    return {"on-day": str(day.day), "on-month": str(day.month), "on-year": str(day.year)}


@pytest.fixture
def officer(make):
    return make.viewer(Role.RECRUITMENT_OFFICER)


@pytest.fixture
def service(officer):
    return db.session.get(FosteringService, officer.service_id)


def test_an_enquiry_is_added_under_the_next_reference_and_is_its_officers(sign_in, officer):
    page = sign_in(officer).submit("/enquiries/add", ANSWERS | today() | {"time": ""})

    assert page.heading == "Marcus Bell and Tanya Bell"
    assert "E-0001" in page.text
    assert officer.name in page.text


def test_a_form_sent_twice_adds_one_enquiry(sign_in, officer):
    browser = sign_in(officer)
    answers = browser.get("/enquiries/add").hidden() | ANSWERS | today() | {"time": ""}
    browser.post("/enquiries/add", answers)
    browser.post("/enquiries/add", answers)

    assert len(db.session.query(Enquiry).filter_by(service_id=officer.service_id).all()) == 1


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"applicant_1": ""}, {"applicant_1": "Enter the name of whoever got in touch"}),
        ({"phone": ""}, {"phone": "Enter a telephone number or an email address"}),
        ({"email": "tanya"}, {"email": "Enter an email address like name@example.org"}),
        ({"channel": "pigeon"}, {"channel": "Select how they got in touch"}),
        ({"source": "nonsense"}, {"source": "Select how they heard of us"}),
        ({"interests": "nonsense"}, {"interests": "Select who they would like to foster"}),
        ({"spare_bedrooms": "two"}, {"spare_bedrooms": "Spare bedrooms must be a whole number"}),
        ({"on-month": ""}, {"on": "The day they got in touch must include a month"}),
        (
            {"on-day": "31", "on-month": "2"},
            {"on": "The day they got in touch must be a real date"},
        ),
        ({"time": "teatime"}, {"time": "Enter a time as 9:10am or 16:30"}),
        ({"time": "", "on-year": "2020"}, {"time": "Enter the time it happened, such as 2:30pm"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    sign_in, officer, wrong, expected
):
    page = sign_in(officer).submit("/enquiries/add", ANSWERS | today() | {"time": ""} | wrong)

    assert page.errors == expected
    for name, typed in wrong.items():
        if typed and not expected.get(name, "").startswith("Select"):
            assert page.all("input", name=name)[0].get("value") == typed
    assert page.all("input", name="applicant_2")[0].get("value") == "Tanya Bell"


def test_nobody_rings_tomorrow(sign_in, officer):
    ahead = clock.today() + timedelta(days=2)
    answers = {"on-day": ahead.day, "on-month": ahead.month, "on-year": ahead.year}

    page = sign_in(officer).submit("/enquiries/add", ANSWERS | answers | {"time": "9am"})

    assert page.errors == {"time": "When they got in touch must be now or in the past"}


def test_a_conversation_is_recorded_and_stops_the_clock(make, sign_in, officer, service):
    enquiry = make.enquiry(service)
    browser = sign_in(officer)

    page = browser.submit(f"/enquiries/{enquiry.id}/record", {"event": "contacted"})
    assert page.heading == "Record a conversation"
    page = browser.submit(
        f"/enquiries/{enquiry.id}/record/contacted", today() | {"time": "", "note": "Keen"}
    )

    assert "Keen" in page.text
    assert "In contact" in page.text
    assert "Correct this entry: Conversation" in page.text


def test_only_what_the_graph_and_the_role_allow_is_offered(make, sign_in, officer, service):
    enquiry = make.enquiry(service)

    page = sign_in(officer).get(f"/enquiries/{enquiry.id}/record")
    offered = {one.get("value") for one in page.all("input", type="radio")}

    assert {"contacted", "contact_attempted"} <= offered
    assert offered.isdisjoint({"panel_recommended", "decided", "stage2_started", "approved"})


def test_a_step_that_the_role_may_not_record_is_refused_in_words(make, sign_in, officer, service):
    enquiry = make.enquiry(service)

    page = sign_in(officer).get(f"/enquiries/{enquiry.id}/record/stage1_started")

    assert "Only the case’s assessing social worker or a team manager may record this" in page.text


def test_an_entry_is_corrected_and_the_old_one_stays_readable(make, sign_in, officer, service):
    at = clock.now() - timedelta(minutes=20)
    enquiry = make.enquiry(service, (Event.CONTACTED, at))
    event = enquiry.events[0]

    page = sign_in(officer).submit(
        f"/enquiries/{enquiry.id}/events/{event.id}/correct",
        today() | {"time": f"{clock.now() - timedelta(minutes=5):%H:%M}", "note": "It was later"},
    )

    assert "It was later" in page.text
    assert "1 entry that no longer counts" in page.text


def test_an_entry_that_was_a_mistake_is_removed(make, sign_in, officer, service):
    at = clock.now() - timedelta(minutes=20)
    enquiry = make.enquiry(service, (Event.CONTACTED, at))
    address = f"/enquiries/{enquiry.id}/events/{enquiry.events[0].id}/correct"
    browser = sign_in(officer)
    removed = address.removesuffix("correct") + "remove"
    sent = browser.get(address).hidden(removed)

    page = browser.post(removed, sent)

    assert "removed as a mistake" in page.text
    assert "A first conversation" in page.text


def test_a_stale_page_says_so_and_shows_what_changed(make, sign_in, officer, service):
    enquiry = make.enquiry(service)
    other = make.viewer(Role.RECRUITMENT_OFFICER, works_for=service)
    address = f"/enquiries/{enquiry.id}/record/contact_attempted"
    browser = sign_in(officer)
    opened = browser.get(address).hidden()
    sign_in(other).submit(f"/enquiries/{enquiry.id}/record/contacted", today() | {"time": ""})

    page = browser.post(address, opened | today() | {"time": "", "note": "No answer"})

    assert "Somebody changed this record while you had the page open" in page.errors[""]
    assert f"{other.name} recorded “Conversation”" in page.text
    assert page.all("textarea", name="note")[0].text.strip() == "No answer"
    again = page.hidden() | today() | {"time": "", "note": "No answer"}
    assert "No answer" in browser.post(address, again).text


def test_an_enquiry_is_given_to_an_assessing_social_worker(make, sign_in, officer, service):
    enquiry = make.enquiry(service)
    assessor = make.viewer(Role.ASSESSING_SOCIAL_WORKER, works_for=service)
    assert sign_in(assessor).get(f"/enquiries/{enquiry.id}").status == 404

    page = sign_in(officer).submit(
        f"/enquiries/{enquiry.id}/allocate", {"worker": str(assessor.membership_id)}
    )

    assert assessor.name in page.text
    assert sign_in(assessor).get(f"/enquiries/{enquiry.id}").status == 200


def test_an_enquiry_that_nobody_has_is_taken_from_the_list(make, sign_in, officer, service):
    enquiry = make.enquiry(service)
    browser = sign_in(officer)
    assert "No one yet" in browser.get("/enquiries").text

    page = browser.post(f"/enquiries/{enquiry.id}/take", {})

    assert f"{enquiry.ref} is yours" in page.text


def test_a_head_of_service_reads_and_records_nothing(make, sign_in, service):
    head = make.viewer(Role.HEAD_OF_SERVICE, works_for=service)
    enquiry = make.enquiry(service, (Event.CONTACTED, clock.now() - timedelta(minutes=5)))

    page = sign_in(head).get(f"/enquiries/{enquiry.id}")

    assert "Record a step" not in page.text
    assert "Correct this entry" not in page.text
    assert sign_in(head).get(f"/enquiries/{enquiry.id}/record").status == 403


def test_the_list_is_in_order_of_the_time_left(make, sign_in, officer, service):
    now = clock.now()
    make.enquiry(service, received_at=now - timedelta(hours=1), applicant_1="Late comer")
    make.enquiry(service, received_at=now - timedelta(days=9), applicant_1="Long waiting")
    make.enquiry(
        service,
        (Event.CONTACTED, now - timedelta(hours=1)),
        received_at=now - timedelta(hours=2),
        applicant_1="Already answered",
    )

    rows = sign_in(officer).get("/enquiries").rows

    names = [row[1] for row in rows]
    assert [name.split(" E-")[0] for name in names] == [
        "Long waiting",
        "Late comer",
        "Already answered",
    ]
    assert "over" in rows[0][0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=bell", {"Marcus Bell"}),
        ("q=960114", {"Marcus Bell"}),
        ("q=100%25", set()),
        ("q=_", set()),
        ("interest=adolescents", {"Marcus Bell"}),
        ("with=nobody", {"Marcus Bell", "Priti Desai"}),
        ("with=me", set()),
        ("show=ours&show=theirs", {"Priti Desai"}),
        ("source=nonsense", set()),
        ("show=nonsense&page=999&sort=sideways", {"Marcus Bell", "Priti Desai"}),
    ],
)
def test_the_list_is_searched_and_filtered(make, sign_in, officer, service, query, found):
    make.enquiry(service, phone="01632 960 114", interests=[Skill.ADOLESCENTS.value])
    contacted = (Event.CONTACTED, clock.now() - timedelta(minutes=5))
    make.enquiry(service, contacted, applicant_1="Priti Desai")

    browser = sign_in(officer)
    rows = browser.get(f"/enquiries?{query}").rows

    assert {row[1].split(" E-")[0] for row in rows} == found
    lines = browser.get(f"/enquiries.csv?{query}").html.splitlines()[1:]
    assert {line.split(",")[1] for line in lines} == found


def test_a_file_of_the_list_is_harmless_in_a_spreadsheet(make, sign_in, officer, service):
    make.enquiry(service, applicant_1="=1+1")

    page = sign_in(officer).get("/enquiries.csv")

    assert "'=1+1" in page.html
    assert "not-for-publication" in page.response.headers["Content-Disposition"]


def test_a8_the_list_makes_the_same_statements_for_3_rows_as_for_300(
    make, sign_in, officer, service
):
    def fill(rows: int) -> None:
        for _ in range(rows):
            make.allocation(officer, enquiry=make.enquiry(service))

    browser = sign_in(officer)
    fill(3)
    browser.get("/enquiries")
    few = count_of(lambda: browser.get("/enquiries"))
    fill(30)

    assert count_of(lambda: browser.get("/enquiries")) == few
    assert count_of(lambda: browser.get("/enquiries.csv")) > 0


NONSENSE: list[dict[str, Any]] = [
    {},
    {"on-day": "\x00", "time": "\x00", "note": "\x00", "detail": "\x00"},
    {"on-day": "9" * 400, "on-month": "٣", "on-year": "-1", "time": "9" * 400},
    {"note": "x" * 100_000, "detail": "x" * 100_000, "seen": "x", "once": "x"},
]


@pytest.mark.parametrize("nonsense", NONSENSE)
@pytest.mark.parametrize(
    "path", ["record/contacted", "record/withdrawn", "record", "allocate", "take"]
)
def test_nonsense_is_never_more_than_a_message(make, sign_in, service, path, nonsense):
    manager = make.viewer(*Role, works_for=service)
    enquiry = make.enquiry(service)

    assert sign_in(manager).post(f"/enquiries/{enquiry.id}/{path}", nonsense).status < 500
    assert sign_in(manager).post("/enquiries/add", nonsense).status == 200


def test_control_characters_are_left_out_of_what_is_kept(make, sign_in, officer, service):
    enquiry = make.enquiry(service)

    page = sign_in(officer).submit(
        f"/enquiries/{enquiry.id}/record/contacted", today() | {"time": "", "note": "Ke\x00en\x1b"}
    )

    assert "Keen" in page.text


def test_what_somebody_took_first_is_not_taken_from_them(make, sign_in, officer, service):
    enquiry = make.enquiry(service)
    other = make.viewer(Role.RECRUITMENT_OFFICER, works_for=service)
    sign_in(other).post(f"/enquiries/{enquiry.id}/take", {})

    page = sign_in(officer).post(f"/enquiries/{enquiry.id}/take", {})

    assert f"{other.name} has it already" in page.text


def test_what_is_put_off_or_over_says_until_when_or_since(make, sign_in, officer, service):
    now = clock.now()
    answered = (Event.CONTACTED, now - timedelta(days=2))
    received = {"received_at": now - timedelta(days=3)}
    until = clock.today() + timedelta(days=9)
    put_off = (Event.NOT_NOW, now - timedelta(days=1), until.isoformat())
    make.enquiry(service, answered, put_off, applicant_1="Put off", **received)
    closed = (Event.CLOSED_BY_SERVICE, now - timedelta(days=1), "no_spare_room")
    first = make.enquiry(service, answered, closed, applicant_1="Closed", **received)
    make.enquiry(service, applicant_1="Again", duplicate_of_id=first.id)
    browser = sign_in(officer)

    assert [row[1].split(" E-")[0] for row in browser.get("/enquiries").rows] == ["Put off"]
    assert browser.get("/enquiries?show=not_now").rows[0][0].startswith("Put off until ")
    over = {row[1].split(" E-")[0]: row[0] for row in browser.get("/enquiries?show=closed").rows}
    assert over["Again"] == "Duplicate"
    assert over["Closed"].startswith("Closed ")


def test_the_last_attempt_and_a_hand_over_stand_under_the_name(make, sign_in, officer, service):
    now = clock.now()
    tried = (Event.CONTACT_ATTEMPTED, now - timedelta(minutes=9))
    make.enquiry(service, tried, applicant_1="One try")
    again = (Event.CONTACT_ATTEMPTED, now - timedelta(minutes=3))
    make.enquiry(service, tried, again, applicant_1="Two tries")
    handed = (Event.HANDED_OVER, now - timedelta(minutes=3), "south-vale")
    make.enquiry(service, handed, applicant_1="Handed over", phone="01632 960114")

    rows = {row[1] for row in sign_in(officer).get("/enquiries").rows}

    told = " ".join(sorted(rows))
    assert "No way to contact: ask whoever passed it on" in told
    assert "One try, today" in told
    assert "2 tries, the last today" in told
    assert "Handed over to south-vale, not taken up yet" in told


def test_a_manager_gives_what_nobody_has_and_looks_at_one_workers(make, sign_in, officer, service):
    manager = make.viewer(Role.TEAM_MANAGER, works_for=service)
    theirs, nobodys = make.enquiry(service), make.enquiry(service, applicant_1="Nobody Has")
    make.allocation(officer, enquiry=theirs)
    browser = sign_in(manager)

    page = browser.get("/enquiries")
    assert page.link("Give it to a worker: Nobody Has") == f"/enquiries/{nobodys.id}/allocate"
    one = browser.get(f"/enquiries?with={officer.membership_id}")
    assert [row[5] for row in one.rows] == [officer.name]
    assert f"With {officer.name} remove With {officer.name}" in one.text
