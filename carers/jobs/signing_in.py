"""Forgets tries at signing in that nobody needs any more."""

from __future__ import annotations

from carers.jobs import Job
from carers.queries import signing_in as tries
from carers.services import signing_in

FORGET = Job("forget-tries", tries.last_outlived, signing_in.forget)
