"""Which homes can take a child tonight, and how do we know?"""

from flask import Blueprint

bp = Blueprint("capacity", __name__)

from carers.blueprints.capacity import (  # views need the blueprint
    agencies,
    agency_stays,
    on_hold_views,
    views,
)
