"""From a reminder to a logged week, and out of it, by who is signed in nowhere."""

import pytest
from playwright.sync_api import expect

from tests.journeys.access import violations
from tests.journeys.server import Server, running

MAILED = """
from django.utils import timezone
from activity.actions import mail
from activity.models import Delivery
from checkins.actions import reminder_mail, week_links
from core.calendar import Week
from people.actions.reminding import unsubscription_secret
from people.models import User
from people.viewer import viewer_of
now = timezone.now()
person = User.objects.get(email="tomasz@northlight.example")
week = Week.of(now, person.zone_info)
due = reminder_mail.first_due(person, week)
row = mail.unwritten(to=person.email, kind="REMINDER", about="week", person_pk=person.pk, period=str(week), due_at=now, now=now)
words = {"secret": week_links.secret_of(row), "stop": unsubscription_secret(person), "now": now}
row.sealed = mail._sealed(reminder_mail.letter_for(person, viewer_of(person), week, due, **words))
row.state, row.sent_at = "SENT", now
row.save(force_insert=True)
print("made", words["secret"], words["stop"])
"""


@pytest.fixture
def site(tmp_path, _static_files):
    """A demo of its own: Tomasz has not given his week, and a reminder of it is in his mailbox."""
    with running(Server(tmp_path, is_demo=True)) as server:
        yield server


@pytest.mark.parametrize(("width", "scripts"), [(320, True), (390, False)])
def test_a_reminder_leads_to_a_logged_week(site, profile, width, scripts):
    """B3, B5, MAIL-02, AX-01, OUT-07: by keyboard as well, on a phone, without scripts."""
    _made, secret, stop = site.manage("shell", "-v0", "-c", MAILED).split()[-3:]
    page = profile(site, viewport={"width": width, "height": 800}, java_script_enabled=scripts).new_page()
    for path in (f"/week-links/{secret}/", f"/unsubscriptions/{stop}/"):
        page.goto(f"{site.url}{path}")
        if scripts:
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert violations(page) == []
    page.goto(f"{site.url}/week-links/{secret}/")
    groups = page.get_by_role("main").get_by_role("group")
    expect(groups.first).to_be_visible()
    groups.first.get_by_role("radio", name="9", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Give my week").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("is in.")
    if scripts:
        assert violations(page) == []
    page.get_by_role("link", name="Open your week").click()
    expect(page.get_by_role("heading", name="Good to see you.")).to_be_visible()
    page.goto(f"{site.url}/unsubscriptions/{stop}/")
    page.get_by_role("button", name="Stop reminding me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No reminders any more.")
    page.goto(f"{site.url}/week-links/{secret}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("is in.")
