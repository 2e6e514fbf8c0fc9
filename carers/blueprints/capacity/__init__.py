"""Which homes can take a child tonight, and how do we know?"""

from flask import Blueprint

bp = Blueprint("capacity", __name__)

from carers.blueprints.capacity import on_hold_views, views  # views need the blueprint
