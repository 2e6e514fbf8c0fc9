"""A service's own standards: dated settings, each with its default (EXCHANGE, settings.key)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

DEFAULTS: Mapping[str, str] = {
    "first_response_working_days": "1",
    "assessment_target_months": "6",
    "weeks_per_carer": "50",
    "strategy_years": "3",
    "age_bands": "0-4;5-9;10-12;13-15;16+",
    "review_months": "12",
    "unannounced_visit_months": "12",
    "supervision_visit_days": "28",
    "dbs_months": "36",
    "medical_months": "36",
    "training_months": "12",
    "training_months_connected": "18",
    "confirmation_days": "7",
    "never_used_days": "90",
}


@dataclass(frozen=True)
class Standards:
    """The settings in force on one day, with defaults where the service has none of its own."""

    first_response_working_days: int
    assessment_target_months: int
    confirmation_days: int
    never_used_days: int
    age_bands: str

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Self:
        """From the values in force, by key."""
        chosen = {**DEFAULTS, **values}
        return cls(
            first_response_working_days=int(chosen["first_response_working_days"]),
            assessment_target_months=int(chosen["assessment_target_months"]),
            confirmation_days=int(chosen["confirmation_days"]),
            never_used_days=int(chosen["never_used_days"]),
            age_bands=chosen["age_bands"],
        )
