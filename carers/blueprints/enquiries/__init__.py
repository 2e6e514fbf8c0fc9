"""Enquiries: who waits to hear from us, what each case waits for, what happened in it."""

from flask import Blueprint

from carers.blueprints.sending import lead_from_removed

bp = Blueprint("enquiries", __name__)
lead_from_removed(bp, "enquiries.show", "enquiry_id")

from carers.blueprints.enquiries import changes, pipeline, views  # views need the blueprint
