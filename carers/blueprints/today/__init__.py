"""What must I do, in order? One page for every role."""

from flask import Blueprint

bp = Blueprint("today", __name__)
