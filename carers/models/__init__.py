"""What is remembered: one module for each aggregate."""

from carers.models.audit import AccessLog, AuditEntry, Submission
from carers.models.base import Base
from carers.models.capacity import (
    Child,
    Confirmation,
    Placement,
    Provider,
    Search,
    Unavailability,
)
from carers.models.case import KeptCase
from carers.models.chart import Chart
from carers.models.enquiry import Enquiry, PipelineEvent
from carers.models.household import (
    Exemption,
    Household,
    Person,
    SchemeMember,
    SkillHeld,
    TemporaryApproval,
    Terms,
)
from carers.models.service import (
    Allocation,
    Campaign,
    FosteringService,
    Membership,
    Scheme,
    Setting,
    SignInTry,
    Source,
    Target,
    User,
)

__all__ = [
    "AccessLog",
    "Allocation",
    "AuditEntry",
    "Base",
    "Campaign",
    "Chart",
    "Child",
    "Confirmation",
    "Enquiry",
    "Exemption",
    "FosteringService",
    "Household",
    "KeptCase",
    "Membership",
    "Person",
    "PipelineEvent",
    "Placement",
    "Provider",
    "Scheme",
    "SchemeMember",
    "Search",
    "Setting",
    "SignInTry",
    "SkillHeld",
    "Source",
    "Submission",
    "Target",
    "TemporaryApproval",
    "Terms",
    "Unavailability",
    "User",
]
