"""Approved homes: one of them whole, and a worker's own with what is to be confirmed."""

from flask import Blueprint

bp = Blueprint("households", __name__)

from carers.blueprints.households import (  # they need the blueprint
    approval,
    changes,
    corrections,
    listing,
    register,
    stays,
    views,
)
