"""Are we growing, by how much, and will we reach the target?"""

from flask import Blueprint

bp = Blueprint("insight", __name__)

from carers.blueprints.insight import places_views, views  # views need the blueprint
