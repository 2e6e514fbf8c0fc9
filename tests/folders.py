"""Folders of files for the tests of a load: a small service that loads, and ways to change it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from carers.cli.acting import worker
from carers.db import db, set_viewer
from carers.exchange.findings import Outcome
from carers.exchange.load import load_folder
from carers.models import FosteringService

FILES: Mapping[str, str] = {
    "services": """\
code,name,kind,parent,gss_code
ELM,Elmshire,local_authority,,E10000099
""",
    "users": """\
service,ref,name,email,roles
ELM,W-1,Ann Worker,ann@example.org,team_manager;auditor
ELM,W-2,Bob Worker,bob@example.org,supervising_social_worker
""",
    "sources": """\
service,code,name,kind
ELM,web,Our web site,own_marketing
""",
    "campaigns": """\
service,ref,name,source,from_on,until_on,cost
ELM,CA-1,Spring,web,2021-04-01,2021-06-01,512.50
""",
    "schemes": """\
service,code,name,from_on,until_on
ELM,hub,A hub,2020-01-01,
""",
    "settings": """\
service,key,value,from_on
ELM,assessment_target_months,6,2020-01-01
""",
    "targets": """\
service,measure,segment,shape,first_on,last_on,value,label
ELM,households_approved,skill:babies,count,2021-04-01,2022-03-31,20,Approvals
""",
    "enquiries": """\
service,ref,received_at,route,channel,source,campaign,applicant_1,email,interests,duplicate_of
ELM,E-1,2021-04-01T09:00,,phone,web,CA-1,Cat Carer,cat@example.org,babies;respite,
ELM,E-2,2021-04-02,mainstream,,,,Dan Carer,,,
""",
    "pipeline": """\
service,enquiry,event,at,detail,note,void
ELM,E-1,contacted,2021-04-01T10:00,,,
ELM,E-1,initial_visit,2021-04-08,,,
ELM,E-1,application_received,2021-05-01,,,
ELM,E-1,stage1_started,2021-05-01,,,
ELM,E-2,withdrawn,2021-04-05,no_contact,,
""",
    "households": """\
service,ref,name,approval,follows,enquiry,postcode,bedrooms,approved_on,ended_on,end_reason
ELM,H-1,The Ashes,,,,EL1 1AA,3,2020-01-01,,
ELM,H-2,The Birches,full,,,EL2 2BB,2,2020-01-01,2022-01-01,retired
""",
    "allocations": """\
service,user,enquiry,household,from_on,until_on,cover
ELM,W-1,E-1,,2021-04-01,,
ELM,W-2,,H-1,2020-01-01,,false
""",
    "terms": """\
service,household,from_on,until_on,carer_type,primary_offer,places,age_min,age_max,genders,void
ELM,H-1,2020-01-01,,general,permanent,2,0,17,M;F,
ELM,H-2,2020-01-01,,general,,1,,,,
""",
    "people": """\
service,household,enquiry,ref,role,given_name,born_on,languages
ELM,H-1,,PE-1,carer,Ash,1970-01-31,English;Welsh
ELM,,E-1,PE-2,carer,Cat,,
""",
    "skills": """\
service,household,skill,level,from_on,until_on
ELM,H-1,babies,trained,2020-01-01,
""",
    "scheme_members": """\
service,scheme,household,from_on,until_on
ELM,hub,H-1,2020-02-01,
""",
    "unavailability": """\
service,household,ref,places,reason,search,owner,from_on,expected_until_on,until_on,void
ELM,H-1,U-1,1,carer_break,,W-2,2021-06-01,2021-06-30,,
""",
    "confirmations": """\
service,household,at,by_role,vacant,note,void
ELM,H-1,2021-06-02T12:00,carer,0,,
""",
    "children": """\
service,ref,born_on,gender,uasc,responsible_authority
ELM,C-1,2012-06-01,F,false,
ELM,C-2,2014-06-01,M,,E10000099
""",
    "providers": """\
service,ref,name,kind,route
ELM,A-1,An agency,ifa,framework
""",
    "placements": """\
service,ref,child,household,provider,from_on,until_on,place_type,respite_of,end_reason,void
ELM,P-1,C-1,H-1,,2021-04-01,,U6,,,
ELM,P-2,C-2,,A-1,2021-04-01,2021-10-01,U6,,CARPL,
""",
}


def write(folder: Path, **files: str | None) -> Path:
    """The small service, with some files in place of its own, or left out where none."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, text in {**FILES, **files}.items():
        if text is not None:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def changed(name: str, old: str, new: str) -> str:
    """A file of the small service with one text in place of another."""
    assert FILES[name].count(old) == 1, (name, old)
    return FILES[name].replace(old, new)


def more(name: str, *lines: str) -> str:
    """A file of the small service with more rows."""
    return FILES[name] + "".join(f"{line}\n" for line in lines)


def load(app: Flask, folder: Path, **how: Any) -> Outcome:
    """Load as the worker role does."""
    with app.app_context(), worker():
        return load_folder(folder, **how)


def by_command(app: Flask, folder: Path, *options: str) -> tuple[int, Any]:
    """The exit code and the answer of ``flask import --format json``."""
    result = app.test_cli_runner().invoke(
        args=["import", str(folder), "--format", "json", *options]
    )
    return result.exit_code, json.loads(result.stdout)


def ask(app: Flask, statement: Any) -> Any:
    """Rows as somebody sees them who may see every service."""
    with app.app_context():
        set_viewer(db.session.scalars(select(FosteringService.id)).all())
        rows = db.session.execute(statement).all()
        db.session.remove()
        return rows


def count(app: Flask, model: Any) -> int:
    return int(ask(app, select(func.count()).select_from(model))[0][0])
