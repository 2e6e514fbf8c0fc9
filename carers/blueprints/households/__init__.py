"""Approved homes: one of them whole, and a worker's own with what is to be confirmed."""

from flask import Blueprint

from carers.blueprints.sending import lead_from_removed

bp = Blueprint("households", __name__)
lead_from_removed(bp, "households.show", "household_id")

from carers.blueprints.households import (  # they need the blueprint
    address,
    approval,
    changes,
    corrections,
    exemptions,
    listing,
    new_homes,
    register,
    register_corrections,
    stays,
    temporary_approvals,
    views,
    workers,
)
