"""Enquiries: who waits to hear from us, what each case waits for, what happened in it."""

from flask import Blueprint

bp = Blueprint("enquiries", __name__)

from carers.blueprints.enquiries import changes, pipeline, views  # views need the blueprint
