"""What must I do, in order? One page for every role."""

from flask import Blueprint

bp = Blueprint("today", __name__)

from carers.blueprints.today import views  # views need the blueprint
