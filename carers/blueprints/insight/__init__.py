"""Are we growing, by how much, and will we reach the target?"""

from flask import Blueprint

bp = Blueprint("insight", __name__)

from carers.blueprints.insight import views  # views need the blueprint
