"""Who works here: the roles a person may hold in a service (EXCHANGE, users.roles)."""

from __future__ import annotations

from carers.domain.labels import Code


class Role(Code):
    RECRUITMENT_OFFICER = "recruitment_officer"
    ASSESSING_SOCIAL_WORKER = "assessing_social_worker"
    PANEL_ADMINISTRATOR = "panel_administrator"
    PANEL_MEMBER = "panel_member"
    DECISION_MAKER = "decision_maker"
    SUPERVISING_SOCIAL_WORKER = "supervising_social_worker"
    PLACEMENTS_OFFICER = "placements_officer"
    TEAM_MANAGER = "team_manager"
    HEAD_OF_SERVICE = "head_of_service"
    SENIOR_READER = "senior_reader"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
