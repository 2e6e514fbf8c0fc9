"""From the panel's booking to the decision: recommendation, minutes, decision, register."""

from flask import Blueprint

from carers.blueprints.sending import lead_from_removed

bp = Blueprint("panel", __name__, url_prefix="/panel")
lead_from_removed(bp, "panel.show", "enquiry_id")

from carers.blueprints.panel import corrections, views  # they need the blueprint
