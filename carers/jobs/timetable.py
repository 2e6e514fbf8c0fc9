"""When each job runs, and the scheduler that runs them."""

from __future__ import annotations

from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask

from carers.domain import clock
from carers.domain.clock import LONDON
from carers.jobs import Job, charts, run, signing_in, silence

TIMETABLE: tuple[tuple[Job, Any], ...] = (
    (charts.DRAW, IntervalTrigger(seconds=1)),
    (charts.FORGET, CronTrigger(hour=3, timezone=LONDON)),
    (signing_in.FORGET, CronTrigger(hour=3, minute=10, timezone=LONDON)),
    (silence.START_STAGE_2, CronTrigger(hour=0, minute=10, timezone=LONDON)),
)


def scheduler(app: Flask) -> BackgroundScheduler:
    """Every job on its timetable and once at the start, for what fell due while none ran.

    Two threads, so that a long night's work holds no picture up; a job never runs beside itself.
    """
    made = BackgroundScheduler(
        timezone=LONDON,
        executors={"default": ThreadPoolExecutor(2)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job, trigger in TIMETABLE:
        made.add_job(run, trigger, args=(app, job), id=job.name, next_run_time=clock.now())
    return made
