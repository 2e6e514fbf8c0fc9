"""Nonsense at every form: nothing is ever a 500, and the records stay whole."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carers.domain.roles import Role
from tests.web.test_crawler import LISTED

pytestmark = pytest.mark.soak

TYPED = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["", "0", "-1", "1", "31", "2", "2026", "99999999999999999999", "\x00", "٣"]),
)


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_form_breaks_whatever_is_typed(app, make, sign_in, data):
    service = make.service()
    household = make.household(service, places=2)
    enquiry = make.enquiry(service)
    viewer = make.viewer(*Role, works_for=service)
    make.allocation(viewer, household=household)
    known = {"household_id": household.id, "enquiry_id": enquiry.id}
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint in LISTED
        and "POST" in (rule.methods or ())
        and rule.arguments <= set(known) | {"event"}
        and rule.endpoint != "accounts.sign_out"
    ]
    rule = data.draw(st.sampled_from(rules))
    given_ = {name: known.get(name, "contacted") for name in rule.arguments}
    path = app.url_map.bind("localhost").build(rule.endpoint, given_)
    browser = sign_in(viewer)
    page = browser.get(path) if "GET" in (rule.methods or ()) else None
    names = sorted(
        {one.get("name") for kind in ("input", "select", "textarea") for one in page.all(kind)}
        if page is not None and page.is_html
        else {"places", "seen", "once"}
    )
    answers = {name: data.draw(TYPED) for name in names if name and data.draw(st.booleans())}

    assert browser.post(path, answers).status < 500
