"""What each role may do: one table, printed in docs/permissions.md and tested against it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from carers.domain.roles import Role


class Permission(StrEnum):
    TODAY_READ = "today:read"
    ENQUIRY_READ = "enquiry:read"
    ENQUIRY_ADD = "enquiry:add"
    ENQUIRY_ALLOCATE = "enquiry:allocate"
    ENQUIRY_RECORD = "enquiry:record"
    PANEL_READ = "panel:read"
    PANEL_RECORD = "panel:record"
    PANEL_DECIDE = "panel:decide"
    HOUSEHOLD_READ = "household:read"
    HOUSEHOLD_ADDRESS = "household:address"
    HOUSEHOLD_LIST = "household:list"
    HOUSEHOLD_ADD = "household:add"
    HOUSEHOLD_EDIT = "household:edit"
    HOUSEHOLD_ALLOCATE = "household:allocate"
    APPROVAL_CORRECT = "approval:correct"
    CASELOAD_READ = "caseload:read"
    CAPACITY_READ = "capacity:read"
    CAPACITY_CONFIRM = "capacity:confirm"
    CAPACITY_EDIT = "capacity:edit"
    PLACEMENT_EDIT = "placement:edit"
    INSIGHT_READ = "insight:read"
    INSIGHT_OPEN = "insight:open"
    TARGET_EDIT = "target:edit"


P = Permission

GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.RECRUITMENT_OFFICER: frozenset(
        {
            P.TODAY_READ,
            P.ENQUIRY_READ,
            P.ENQUIRY_ADD,
            P.ENQUIRY_ALLOCATE,
            P.ENQUIRY_RECORD,
            P.PANEL_READ,
            P.INSIGHT_READ,
        }
    ),
    Role.ASSESSING_SOCIAL_WORKER: frozenset(
        {P.TODAY_READ, P.ENQUIRY_READ, P.ENQUIRY_RECORD, P.PANEL_READ}
    ),
    Role.PANEL_ADMINISTRATOR: frozenset({P.TODAY_READ, P.PANEL_READ, P.PANEL_RECORD}),
    Role.PANEL_MEMBER: frozenset(),
    Role.DECISION_MAKER: frozenset({P.TODAY_READ, P.PANEL_READ, P.PANEL_DECIDE}),
    Role.SUPERVISING_SOCIAL_WORKER: frozenset(
        {
            P.TODAY_READ,
            P.HOUSEHOLD_READ,
            P.HOUSEHOLD_ADDRESS,
            P.HOUSEHOLD_LIST,
            P.HOUSEHOLD_EDIT,
            P.CASELOAD_READ,
            P.CAPACITY_READ,
            P.CAPACITY_CONFIRM,
            P.CAPACITY_EDIT,
        }
    ),
    Role.PLACEMENTS_OFFICER: frozenset(
        {
            P.TODAY_READ,
            P.HOUSEHOLD_READ,
            P.HOUSEHOLD_ADDRESS,
            P.CAPACITY_READ,
            P.CAPACITY_CONFIRM,
            P.PLACEMENT_EDIT,
        }
    ),
    Role.TEAM_MANAGER: frozenset(
        {
            P.TODAY_READ,
            P.ENQUIRY_READ,
            P.ENQUIRY_ADD,
            P.ENQUIRY_ALLOCATE,
            P.ENQUIRY_RECORD,
            P.PANEL_READ,
            P.HOUSEHOLD_READ,
            P.HOUSEHOLD_ADDRESS,
            P.HOUSEHOLD_LIST,
            P.HOUSEHOLD_ADD,
            P.HOUSEHOLD_EDIT,
            P.HOUSEHOLD_ALLOCATE,
            P.APPROVAL_CORRECT,
            P.CASELOAD_READ,
            P.CAPACITY_READ,
            P.CAPACITY_CONFIRM,
            P.CAPACITY_EDIT,
            P.PLACEMENT_EDIT,
            P.INSIGHT_READ,
            P.INSIGHT_OPEN,
        }
    ),
    Role.HEAD_OF_SERVICE: frozenset(
        {
            P.TODAY_READ,
            P.ENQUIRY_READ,
            P.PANEL_READ,
            P.HOUSEHOLD_READ,
            P.HOUSEHOLD_LIST,
            P.CAPACITY_READ,
            P.INSIGHT_READ,
            P.INSIGHT_OPEN,
            P.TARGET_EDIT,
        }
    ),
    Role.SENIOR_READER: frozenset({P.INSIGHT_READ}),
    Role.ADMINISTRATOR: frozenset(),
    Role.AUDITOR: frozenset(),
}
