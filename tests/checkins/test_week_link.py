"""The link to a logged week: one person, one week, what the mail showed, and nothing else (B3)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from activity.models import Delivery, Event
from checkins.actions import week_links
from checkins.models import CheckIn, Draft
from objectives.models import Confidence, KeyResult, Objective
from okrsite.own_data.erasing import erase_due
from people.models import User
from tests.checkins.mailed import link_in, reminded, send
from tests.checkins.reading import fields, links, said
from tests.conftest import NOW
from tests.factories import (
    CheckInFactory,
    ConfidenceFactory,
    DraftFactory,
    KeyResultFactory,
    LineFactory,
    ObjectiveFactory,
    QuarterFactory,
    UserFactory,
)
from tests.factories.people import WEEK_46, WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def noor():
    QuarterFactory()
    noor = reminded()
    for audience, level in (("MY_TEAMS", 7), ("ONLY_ME", 3)):
        one = KeyResultFactory(objective=ObjectiveFactory(owner=noor, audience=audience), title=f"{audience} result")
        ConfidenceFactory(key_result=one, week_on=WEEK_46, level=level)
    return noor


@pytest.fixture
def link(noor):
    cache.clear()
    return link_in(send())


def shared():
    return KeyResult.objects.get(title="MY_TEAMS result")


def levels():
    """What was logged in week 47, by title."""
    return dict(Confidence.objects.filter(week_on=WEEK_47).values_list("key_result__title", "level"))


def state():
    """All that a look could change."""
    return [
        [*CheckIn.objects.order_by("pk").values()],
        [*Confidence.objects.order_by("pk").values()],
        [*Event.objects.order_by("pk").values()],
        [*Delivery.objects.order_by("pk").values()],
    ]


def test_a_look_changes_nothing_and_shows_what_the_mail_did(noor, link):
    """B3, MAIL-02, decisions 26."""
    before = state()
    assert Client().head(link).status_code == 200
    page = Client().get(link)
    assert said(page) == [
        "How sure are you?",
        "Week 47, 16–22 November, of Noor. Everything stands where you left it; touch only what changed.",
        "MY_TEAMS result",
        "Confidence: MY_TEAMS result, 0 to 10, before 7",
        "0 1 2 3 4 5 6 7 8 9 10",
        "Give my week",
        "Whoever reads an objective reads its numbers. Values, lines and what only you can read are for your own page: "
        "open your week. It asks you to sign in. This link is yours alone, and ends with the week.",
    ]
    assert fields(page)[f"confidence-{shared().pk}"] == "7"
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert page.headers["Cache-Control"] == "no-store"
    assert state() == before


def test_one_post_gives_the_week_and_the_same_again_gives_the_same_page(noor, link):
    """B3, CC-04: through the action of the check-in page."""
    client, sent = Client(), {f"confidence-{shared().pk}": "8"}
    first = client.post(link, sent, follow=True)
    week = CheckIn.objects.get(person=noor, week_on=WEEK_47)
    assert (week.done_at, week.is_late, levels()) == (NOW, False, {"MY_TEAMS result": 8})
    told = Event.objects.get(verb="CHECKED_IN")
    assert (told.by, told.data) == (noor, {"week": "2026-W47", "version": 1})
    before = state()
    again = client.post(link, sent, follow=True)
    assert (
        said(first)
        == said(again)
        == [
            "Week 47 is in.",
            "Thank you, Noor. Nothing more is asked of you this week.",
            "Open your week to add a line, or change a number; you sign in there",
        ]
    )
    assert state() == before
    assert Client().post(link, {f"confidence-{shared().pk}": "2"}).status_code == 302  # nor does another one move it
    assert state() == before


def test_it_signs_nobody_in(noor, link):
    """B3."""
    client = Client()
    client.post(link, {f"confidence-{shared().pk}": "8"})
    assert "okrsite-session" not in client.cookies
    for path in ("/", "/check-in/2026-W47/", links(client.get(link))["Open your week"], "/settings/"):
        assert client.get(path).status_code == 302


def test_whoever_is_signed_in_sees_the_same_and_logs_for_its_person(noor, link, client_of):
    bob = client_of(UserFactory(name="Bob"))
    assert said(bob.get(link)) == said(Client().get(link))
    assert "Bob" not in bob.get(link).content.decode()
    bob.post(link, {f"confidence-{shared().pk}": "8"})
    assert [*CheckIn.objects.values_list("person__name", flat=True)] == ["Noor"]


@pytest.mark.parametrize("sent", ["", "11", "-1", "7.5", "seven"])
def test_what_is_no_confidence_is_refused(noor, link, sent):
    answer = Client().post(link, {f"confidence-{shared().pk}": sent})
    assert (answer.status_code, CheckIn.objects.exists()) == (422, False)


def test_it_logs_nothing_that_the_mail_did_not_show(noor, link):
    """MAIL-02: neither what only she reads, nor what came or was renamed since, nor what is another's."""
    hers = KeyResult.objects.get(title="ONLY_ME result")
    KeyResultFactory(objective=ObjectiveFactory(owner=noor), title="Since then")
    KeyResult.objects.filter(pk=shared().pk).update(title="Said otherwise")
    page = Client().get(link)
    assert not [words for words in ("ONLY_ME", "Since then", "Said otherwise") if words in page.content.decode()]
    one = KeyResult.objects.get(title="Said otherwise")
    Client().post(link, {f"confidence-{one.pk}": "8", f"confidence-{hers.pk}": "9"})
    assert levels() == {"Said otherwise": 8}


def test_what_became_private_since_is_not_there(noor, link):
    Objective.objects.update(audience="ONLY_ME")
    answer = Client().get(link)
    assert (answer.status_code, "MY_TEAMS result" in answer.content.decode()) == (410, False)


def test_what_was_closed_meanwhile_is_over(noor, link):
    """B3: 410 after the closing, and nothing was saved."""
    Objective.objects.update(state="CLOSED")
    assert Client().get(link).status_code == 410
    assert Client().post(link, {f"confidence-{shared().pk}": "8"}).status_code == 410
    assert not CheckIn.objects.exists()


def test_a_week_that_was_given_elsewhere_stays(noor, link):
    CheckInFactory(person=noor, week_on=WEEK_47, done_at=NOW)
    before = state()
    assert said(Client().get(link))[0] == "Week 47 is in."
    assert Client().post(link, {f"confidence-{shared().pk}": "8"}).status_code == 302
    assert state() == before


def test_a_week_that_was_begun_elsewhere_is_given_and_keeps_its_words(noor, link):
    """DB-09: what was typed and not given stays its writer's."""
    begun = CheckInFactory(person=noor, week_on=WEEK_47, done_at=None)
    line = LineFactory(check_in=begun, text="Typed before")
    draft = DraftFactory(person=noor, week_on=WEEK_47)
    Client().post(link, {f"confidence-{shared().pk}": "8"})
    begun.refresh_from_db()
    assert (begun.done_at, [*begun.lines.all()], [*Draft.objects.all()]) == (NOW, [line], [draft])


def test_a_week_that_is_given_in_the_same_moment_stays(noor, link, monkeypatch):
    """CC-01: 409, and what was given first is not written over."""
    log = week_links.log

    def another_comes_first(**sent):
        CheckInFactory(person=noor, week_on=WEEK_47, done_at=NOW)
        return log(**sent)

    monkeypatch.setattr(week_links, "log", another_comes_first)
    answer = Client().post(link, {f"confidence-{shared().pk}": "8"})
    assert (answer.status_code, levels()) == (409, {})
    assert said(answer)[:2] == [
        "Your week was given elsewhere in the same moment, and stays as it is there.",
        "Week 47 is in.",
    ]


def test_it_ends_with_its_week(noor, link):
    """B3, MAIL-03: on Wednesday night, in her zone."""
    wednesday = NOW + timedelta(days=6)
    with time_machine.travel(wednesday.replace(hour=23, minute=59), tick=False):
        assert Client().get(link).status_code == 200
    with time_machine.travel(wednesday.replace(hour=0) + timedelta(days=1), tick=False):
        assert Client().get(link).status_code == 410
        assert Client().post(link, {f"confidence-{shared().pk}": "8"}).status_code == 410
    assert levels() == {}


def test_a_late_week_is_late_by_link_too(noor, link):
    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        Client().post(link, {f"confidence-{shared().pk}": "8"})
    assert CheckIn.objects.get().is_late


@pytest.mark.parametrize("end", ["off", "erased", "moved", "forgotten", "on-again"])
def test_whoever_is_gone_has_no_link(noor, link, end):
    """MAIL-03, AUTH-08: and coming back opens no old one."""
    from people.actions.switching import switch_off, switch_on
    from people.viewer import viewer_of

    if end in {"off", "on-again"}:
        ada = viewer_of(UserFactory(is_site_admin=True))
        switch_off(by=ada, person=noor, successor=UserFactory(), now=NOW)
        if end == "on-again":
            switch_on(by=ada, person=User.objects.get(pk=noor.pk), now=NOW)
    elif end == "erased":
        User.objects.filter(pk=noor.pk).update(switched_off_at=NOW, erase_at=NOW)
        erase_due(now=NOW)
    elif end == "moved":
        User.objects.filter(pk=noor.pk).update(email="new@example.org")
    else:
        Delivery.objects.update(sealed="")
    assert [Client().get(link).status_code, Client().post(link, {}).status_code] == [404, 404]


def test_forged_links_are_nothing_and_guessing_ends(noor, link):
    """B3, RL-05: of another mail, another purpose, or made up."""
    from people.actions.reminding import unsubscription_secret

    secret = link.split("/")[2]
    number, mark = secret.split(":")
    other = Delivery.objects.get()
    forged = [f"{number}:{mark[:-1]}x", f"1:{mark}", unsubscription_secret(noor), str(other.pk), number, "x:y"]
    assert [Client().get(f"/week-links/{words}/").status_code for words in forged] == [404] * 6
    assert Client().get(f"/unsubscriptions/{secret}/").status_code == 404
    assert len(mark) >= 43  # 256 bits
    tries = [Client().get(f"/week-links/{number}:{tried}/").status_code for tried in range(20)]
    assert {*tries} == {404, 429}
    assert Client().get(link).status_code == 200


def test_a_form_of_another_site_is_refused(noor, link):
    """MAIL-04: acting takes the button on the page."""
    client = Client(enforce_csrf_checks=True)
    assert client.post(link, {f"confidence-{shared().pk}": "8"}).status_code == 403
    assert not CheckIn.objects.exists()


def test_its_secret_is_in_no_log(noor, link, caplog):
    """PRIV-07."""
    with caplog.at_level(0):
        Client().get(f"{link[:-2]}x/")
        Client().get(link)
        Client().post(link, {f"confidence-{shared().pk}": "99"})
    written = " ".join(
        f"{record.getMessage()} {vars(record)}" for record in caplog.records if record.name != "django.request"
    )
    assert link.split(":")[1][:20] not in written


@pytest.mark.parametrize("rows", [1, 5])
def test_queries(noor, django_assert_num_queries, rows):
    for number in range(rows - 1):
        KeyResultFactory(objective=Objective.objects.get(audience="MY_TEAMS"), title=f"Another {number}")
    link = link_in(send())
    with django_assert_num_queries(5):
        Client().get(link)
