"""What is due today, for each role."""

from uuid import UUID, uuid4

import pytest

from carers.domain.cases import fold
from carers.domain.roles import Role
from carers.domain.standards import Standards
from carers.domain.today import Group, Tag, items_for
from carers.domain.today_work import CaseOfToday, HomeOfToday, Target
from tests.unit.histories import TO_DECISION, TO_DETERMINATION, TO_PANEL, day, history, instant

STANDARDS = Standards.of({})
ME, ANOTHER = UUID(int=1), UUID(int=2)
BRIEF_CASE = TO_PANEL[:5]


def case(*lines, names="Ruth and Ade Bankole", workers=(ME,), received="2021-03-01 09:00", **facts):
    state = fold(history(*lines, received=received), STANDARDS)
    ref = facts.pop("ref", "E-0841")
    return CaseOfToday(uuid4(), ref, names, state, frozenset(workers), **facts)


def home(confirmed="2021-03-01", *, workers=(ME,), vacant=1, holds=(), names="Bell"):
    confirmed_on = day(confirmed) if confirmed else None
    approved_on = day("2020-01-01")
    people = frozenset(workers)
    return HomeOfToday(uuid4(), "H-0001", names, approved_on, confirmed_on, vacant, people, holds)


def asked(role, records, now, **kwargs):
    cases = [record for record in records if isinstance(record, CaseOfToday)]
    homes = [record for record in records if isinstance(record, HomeOfToday)]
    return items_for(
        frozenset({Role(role)}),
        cases,
        homes,
        person=ME,
        now=instant(now),
        standards=STANDARDS,
        **kwargs,
    )


def seen(role, records, now, **kwargs):
    return [
        (item.title, item.group.value, item.words)
        for item in asked(role, [*records], now, **kwargs)
    ]


def test_an_enquiry_is_rung_before_its_hour():
    record = case(received="2021-03-01 10:20", phone="01632 960 233", channel="Phone")
    [item] = asked("recruitment_officer", [record], "2021-03-02 09:10")

    assert (item.title, item.words, item.left) == (
        "Ring Ruth and Ade Bankole",
        "By 10:20am",
        "1 hour 10 minutes left",
    )
    assert (item.group, item.tag, item.target) == (Group.TODAY, Tag.SOON, Target.ENQUIRY)
    assert item.why == "Enquiry by phone, Monday 10:20am. Not tried yet."
    assert (item.beside, item.ref, item.due_on) == ("01632 960 233", "E-0841", day("2021-03-02"))


def test_an_enquiry_not_rung_in_time_is_overdue():
    record = case("contact_attempted 2021-03-01T10:00")
    [item] = asked("recruitment_officer", [record], "2021-03-03 01:00")

    assert (item.group, item.tag, item.words, item.left) == (
        Group.OVERDUE,
        Tag.OVERDUE,
        "16 hours over",
        "",
    )
    assert item.why == ("Enquiry, Monday 9am. No conversation yet: 1 try, the last Monday 10am.")


def test_an_enquiry_with_time_left_has_no_tag():
    [item] = asked("recruitment_officer", [case()], "2021-03-01 10:00")

    assert (item.tag, item.group, item.words) == (None, Group.LATER, "By 9am")


def test_nobody_sees_anothers_enquiry_and_an_officer_may_take_up_nobodys():
    records = [case(workers=[ANOTHER]), case(workers=[], names="Priti Desai")]

    assert seen("recruitment_officer", records, "2021-03-01 10:00") == [
        ("Take up Priti Desai", "later", "By 9am")
    ]


def test_a_team_manager_sees_what_nobody_has_and_what_was_not_rung():
    records = [
        case(workers=[], names="Priti Desai"),
        case(workers=[ANOTHER]),
        case(*TO_PANEL[:2], workers=[], names="Iain Baird"),
        case("withdrawn 2021-03-01T12:00", workers=[], names="Closed"),
    ]

    assert seen("team_manager", records, "2021-03-02 12:00") == [
        ("Give Priti Desai to a worker", "overdue", "3 hours over"),
        ("See that somebody rings Ruth and Ade Bankole", "overdue", "3 hours over"),
        ("Give Iain Baird to a worker", "undated", "No due date"),
    ]


@pytest.mark.parametrize(
    ("now", "title", "group", "words"),
    [
        ("2021-03-08", "Visit", "later", "9 March"),
        ("2021-03-09", "Visit", "today", "Today"),
        ("2021-03-10", "Record the visit to", "overdue", "1 day over"),
    ],
)
def test_a_visit_is_made_on_its_day_and_recorded_after(now, title, group, words):
    record = case("contacted 2021-03-01T10:00", "initial_visit_booked 2021-03-02 2021-03-09")

    for role in ("recruitment_officer", "assessing_social_worker"):
        assert seen(role, [record], f"{now} 10:00") == [
            (f"{title} Ruth and Ade Bankole", group, words)
        ]


def test_somebody_who_said_not_now_is_called_on_the_day():
    record = case("not_now 2021-03-02 2021-09-01")

    assert seen("recruitment_officer", [record], "2021-09-01 10:00") == [
        ("Get back in touch with Ruth and Ade Bankole", "today", "Today")
    ]
    assert seen("recruitment_officer", [record], "2021-05-01 10:00") == []


def test_the_last_day_of_a_stage_1_decision_says_that_stage_2_starts_by_itself():
    [item] = asked("assessing_social_worker", [case(*BRIEF_CASE)], "2021-06-14 10:00")

    assert (item.title, item.words, item.group) == (
        "Stage 1 decision for Ruth and Ade Bankole",
        "Last day",
        Group.LATER,
    )
    assert item.why == (
        "All information in on 1 June."
        " With no decision by 15 June, stage 2 starts by itself on 16 June."
    )
    [theirs] = asked("team_manager", [case(*BRIEF_CASE, workers=[ANOTHER])], "2021-06-15 10:00")
    assert (theirs.group, theirs.words, theirs.target) == (Group.TODAY, "Last day", Target.RECORD)


@pytest.mark.parametrize(
    ("now", "words"),
    [("2021-09-02", None), ("2021-09-03", "Last day"), ("2021-10-02", "1 day over")],
)
def test_the_six_month_target_shows_from_28_days_before(now, words):
    found = seen("assessing_social_worker", [case(*TO_PANEL[:6])], f"{now} 10:00")

    assert [(title, said) for title, _, said in found] == (
        [("Bring Ruth and Ade Bankole to a decision", words)] if words else []
    )


def test_a_case_past_its_target_is_the_managers_and_the_heads():
    record = case(*TO_PANEL[:6], workers=[ANOTHER])

    for role in ("team_manager", "head_of_service"):
        assert seen(role, [record], "2021-10-01 10:00") == []
        [item] = asked(role, [record], "2021-10-13 10:00")
        assert (item.title, item.words) == (
            "Ask what holds up Ruth and Ade Bankole",
            "12 days over",
        )
        assert item.why == "195 days since the application; waits for the assessment report."


def test_a_case_without_an_application_date_is_listed_last():
    records = [
        case("stage1_started 2021-05-01", names="A"),
        case(*TO_PANEL[:6], names="B"),
    ]

    found = asked("assessing_social_worker", records, "2021-10-13 10:00")

    assert [item.title for item in found] == [
        "Bring B to a decision",
        "Add the application of A",
    ]
    assert found[1].why == "No due date: application date is missing."
    assert found[1].due_on is None


def test_a_report_is_finished_and_completed_before_the_papers_go():
    assert seen("assessing_social_worker", [case(*TO_PANEL)], "2021-08-20 10:00") == [
        ("Finish the report on Ruth and Ade Bankole", "later", "Last day")
    ]
    assert seen("team_manager", [case(*TO_PANEL)], "2021-08-24 10:00") == [
        ("Complete the report on Ruth and Ade Bankole", "today", "Last day")
    ]
    done = case(*TO_PANEL, "report_completed 2021-08-02")
    assert seen("team_manager", [done], "2021-08-24 10:00") == []


def test_a_paused_case_is_asked_about():
    record = case(*TO_PANEL[:4], "paused 2021-05-01 third_party")
    [item] = asked("assessing_social_worker", [record], "2021-05-16 10:00")

    assert (item.title, item.group) == (
        "Ask whether Ruth and Ade Bankole can go on",
        Group.UNDATED,
    )
    assert item.why == "Paused since 1 May: a third party."


def panel(*lines, now):
    return seen("panel_administrator", [case(*lines, workers=[])], f"{now} 10:00")


def test_a_panel_is_booked_prepared_recorded_and_minuted():
    who = "Ruth and Ade Bankole"
    completed = (*TO_PANEL[:6], "report_completed 2021-07-01")

    assert panel(*completed, now="2021-07-02") == [
        (f"Book a panel for {who}", "undated", "No due date")
    ]
    assert panel(*TO_PANEL, now="2021-08-10") == [
        (f"Send the panel the papers on {who}", "later", "Last day")
    ]
    assert panel(*TO_PANEL, now="2021-08-25") == [
        (f"Record the recommendation on {who}", "later", "1 September")
    ]
    assert panel(*TO_PANEL, now="2021-09-03") == [
        (f"Record the recommendation on {who}", "overdue", "2 days over")
    ]
    assert panel(*TO_DECISION[:-1], now="2021-09-03") == [
        (f"Make the minutes on {who} final", "undated", "No due date")
    ]


def test_a_decision_is_told_and_written():
    decided = (*TO_DECISION, "decided 2021-09-08T12:00 approve")

    assert panel(*decided, now="2021-09-09") == [
        ("Tell Ruth and Ade Bankole the decision", "later", "Last day"),
        ("Send Ruth and Ade Bankole the decision in writing", "later", "Last day"),
    ]
    [told, _] = asked("panel_administrator", [case(*decided)], "2021-09-13 10:00")
    assert (told.words, told.why) == ("3 days over", "Decided Wednesday 12pm.")


def decider(*lines, now):
    return seen("decision_maker", [case(*lines, workers=[])], f"{now} 10:00", days_ahead=14)


def test_a_decision_is_due_in_seven_working_days():
    who = "Ruth and Ade Bankole"

    assert decider(*TO_DECISION[:-1], now="2021-09-07") == []
    assert decider(*TO_DECISION, now="2021-09-07") == [(f"Decide on {who}", "later", "Last day")]
    assert decider(*TO_DECISION, now="2021-09-16") == [
        (f"Decide on {who}", "overdue", "1 day over")
    ]
    assert decider(*TO_DECISION, "decided 2021-09-08T12:00 approve", now="2021-09-09") == [
        (f"Enter {who} in the register", "undated", "No due date")
    ]


def test_a_final_determination_follows_28_days():
    assert decider(*TO_DETERMINATION, now="2021-10-08") == []
    assert decider(*TO_DETERMINATION, now="2021-10-09") == [
        ("Make the final determination on Ruth and Ade Bankole", "today", "Today")
    ]
    asked_again = (*TO_DETERMINATION, "irm_applied 2021-10-01")
    assert decider(*asked_again, now="2021-10-20") == []


def test_overdue_comes_first_then_today_by_the_hour_then_the_next_days_then_the_undated():
    records = [
        case("not_now 2021-03-01T10:00 2021-03-02", names="On the day"),
        case(received="2021-03-01 14:05", names="By 2:05pm"),
        case(received="2021-02-26 16:55", names="Overdue"),
        case(received="2021-03-02 08:31", names="Tomorrow"),
        case("contacted 2021-03-01T10:00", workers=[], names="Nobody's"),
    ]
    roles = frozenset({Role.RECRUITMENT_OFFICER, Role.TEAM_MANAGER})

    found = items_for(
        roles, records, [], person=ME, now=instant("2021-03-02 09:10"), standards=STANDARDS
    )

    assert [item.title for item in found] == [
        "Ring Overdue",
        "Ring By 2:05pm",
        "Get back in touch with On the day",
        "Ring Tomorrow",
        "Give Nobody's to a worker",
    ]


def test_one_thing_to_do_is_listed_once_for_somebody_of_two_roles():
    roles = frozenset({Role.RECRUITMENT_OFFICER, Role.TEAM_MANAGER})

    found = items_for(
        roles, [case()], [], person=ME, now=instant("2021-03-05 09:10"), standards=STANDARDS
    )

    assert [item.title for item in found] == ["Ring Ruth and Ade Bankole"]


def test_a_person_unknown_to_the_records_has_none_of_them():
    found = items_for(
        frozenset(Role) - {Role.TEAM_MANAGER},
        [case()],
        [home()],
        person=None,
        now=instant("2021-03-05 09:10"),
        standards=STANDARDS,
    )

    assert found == []
