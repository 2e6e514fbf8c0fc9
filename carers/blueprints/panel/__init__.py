"""From the panel's booking to the decision: recommendation, minutes, decision, register."""

from flask import Blueprint

bp = Blueprint("panel", __name__, url_prefix="/panel")

from carers.blueprints.panel import corrections, views  # they need the blueprint
