"""Signing in and out, and choosing the service to work in."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from carers.blueprints.accounts import views  # views need the blueprint
