"""A team's chat: connected, told once, tried again, given up (HOOK-02, HOOK-03)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from activity.actions.mail import read
from activity.models import Delivery, Event
from core.errors import NotNow
from people.actions import chat as actions
from people.actions import chat_posts
from people.models import ChatHook, ChatPost
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import PASSWORD, MembershipFactory, OrganisationFactory, TeamFactory
from tests.objectives.pages import main, problems, toasts
from tests.people import listening

PAGE = "/teams/accelerator/chat/"
BOTH = actions.Tells(reminder=True, celebration=True)


@pytest.fixture(autouse=True)
def _inside(settings):
    settings.CHAT_HOSTS = frozenset({"localhost"})


@pytest.fixture
def team(db, frozen):
    OrganisationFactory()
    return TeamFactory(name="Accelerator")


@pytest.fixture
def lead(team):
    return MembershipFactory(team=team, user__name="Elif", role="LEAD").user


@pytest.fixture
def room():
    with listening.chat() as found:
        yield found


@pytest.fixture
def hook(team, lead, room) -> ChatHook:
    return actions.connect(by=viewer_of(lead), team=team, address=room.address, tells=BOTH, now=NOW)


@pytest.fixture
def browser(lead, client_of) -> Client:
    client = client_of(lead)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def owe(team, *, period="2026-W47", now=NOW, until=timedelta(hours=6), kind=ChatPost.Kind.REMINDER) -> None:
    actions.post(team_pk=team.pk, kind=kind, period=period, text="4 of 6 are in.", until=now + until, now=now)


def send(now: datetime = NOW) -> int:
    return chat_posts.send_due(clock=lambda: now)


def stands() -> list[tuple[object, ...]]:
    return [*ChatPost.objects.order_by("created_at", "pk").values_list("state", "tries", "status")]


@pytest.mark.usefixtures("hook")
def test_it_is_told_once_a_period_and_only_what_is_wanted(team, lead, room):
    for _time in range(3):
        owe(team)
    owe(team, period="2026-W48")
    assert (send(), room.told, send()) == (2, ["4 of 6 are in."] * 2, 0)
    assert stands() == [("SENT", 1, 200)] * 2
    tells = actions.Tells(reminder=False, celebration=True)
    actions.connect(by=viewer_of(lead), team=team, address="", tells=tells, now=NOW)
    owe(team, period="2026-W49")
    owe(TeamFactory(), period="2026-W49")
    assert send() == 0
    owe(team, kind=ChatPost.Kind.CELEBRATION)
    assert send() == 1


@pytest.mark.usefixtures("hook")
def test_what_fails_is_tried_again_with_pauses_and_dropped_when_it_is_no_news(team, room):
    room.status = 500
    owe(team, until=timedelta(hours=12))
    now, tries = NOW, []
    while ChatPost.objects.get().state == "OWED":
        send(now)
        row = ChatPost.objects.get()
        tries.append(row.due_at - now)
        now = row.due_at
    assert [round(pause.total_seconds() / 60) in range(low, low * 6 // 5 + 2) for pause, low in zip(tries, (1, 5, 15, 60, 240, 240, 240), strict=True)] == [True] * len(tries)  # fmt: skip
    assert stands() == [("DROPPED", len(tries), 500)]
    assert len(room.told) == len(tries) == 7


@pytest.mark.usefixtures("hook")
def test_it_waits_as_long_as_the_chat_asks_for(team, room):
    room.status, room.headers = 429, {"Retry-After": "3600"}
    owe(team)
    send()
    assert ChatPost.objects.get().due_at == NOW + timedelta(hours=1)
    room.status = 200
    assert (send(NOW + timedelta(minutes=59)), send(NOW + timedelta(hours=1))) == (0, 1)


@pytest.mark.usefixtures("hook")
def test_a_redirection_is_a_failure(team, room):
    room.status, room.headers = 302, {"Location": "http://localhost/elsewhere"}
    owe(team)
    assert (send(), stands(), len(room.told)) == (0, [("OWED", 1, 302)], 1)


@pytest.mark.parametrize("status", [410, 500])
def test_one_that_is_gone_or_fails_for_days_is_off_and_its_maker_is_mailed(team, lead, hook, room, status):
    """HOOK-03: gone at once, else after three days; what waits stays unsent, and a new address is on again."""
    room.status = status
    owe(team, until=timedelta(days=9))
    send()
    if status == 500:
        assert ChatHook.objects.get().off_at is None
        send(NOW + timedelta(days=2, hours=23))
        assert ChatHook.objects.get().off_at is None
        send(NOW + timedelta(days=4))
    hook.refresh_from_db()
    assert (hook.off_at is not None, hook.off_because) == (True, {410: "GONE", 500: "FAILED"}[status])
    letter = Delivery.objects.get()
    assert (letter.person, letter.kind) == (lead, "NOTICE")
    assert read(letter).subject == "The chat of Accelerator is told nothing more"
    assert room.address not in read(letter).text
    told = len(room.told)
    assert (send(NOW + timedelta(days=5)), len(room.told)) == (0, told)
    with pytest.raises(NotNow):
        actions.try_out(by=viewer_of(lead), team=team, now=NOW)
    room.status = 200
    actions.connect(by=viewer_of(lead), team=team, address=room.address, tells=BOTH, now=NOW)
    owe(team)
    assert send() == 1


@pytest.mark.usefixtures("hook")
def test_one_that_is_gone_is_not_told_the_rest_of_what_waits(team, room):
    room.status = 410
    owe(team)
    owe(team, kind=ChatPost.Kind.CELEBRATION)
    assert (send(), len(room.told), stands()[1]) == (0, 1, ("OWED", 0, None))


@pytest.mark.usefixtures("hook")
def test_one_that_is_disconnected_while_it_is_told_holds_up_no_other(team, lead, room, monkeypatch):
    owe(team, now=NOW - timedelta(minutes=1))
    other = MembershipFactory(user=lead, role="LEAD").team
    actions.connect(by=viewer_of(lead), team=other, address=room.address, tells=BOTH, now=NOW)
    owe(other)
    real, room.status = chat_posts.send, 500

    def told(*args, **more):
        answer = real(*args, **more)
        ChatHook.objects.filter(team=team).delete()
        return answer

    monkeypatch.setattr(chat_posts, "send", told)
    assert (send(), len(room.told), stands()) == (0, 2, [("OWED", 1, 500)])


@pytest.mark.usefixtures("hook")
def test_an_answer_with_a_nul_is_kept_as_far_as_a_database_can(team, room):
    """Else the post would stay claimed, and go out again each time its lease ran out."""
    room.says = "o\0k"
    owe(team)
    assert (send(), send(NOW + timedelta(minutes=3)), room.told) == (1, 0, ["4 of 6 are in."])
    assert ChatPost.objects.get().said == "o\ufffdk"


@pytest.mark.usefixtures("hook")
def test_an_answer_that_is_good_ends_the_days_of_failing(team, room):
    room.status = 500
    owe(team, until=timedelta(days=9))
    send()
    room.status = 200
    send(NOW + timedelta(hours=1))
    assert ChatHook.objects.get().failing_since is None


@pytest.mark.usefixtures("hook")
def test_a_sender_that_died_gives_its_post_back(team, room):
    """JOB-02."""
    owe(team)
    row = ChatPost.objects.get()
    assert ChatPost.objects.claim(row, now=NOW, lease=chat_posts.LEASE)
    assert not ChatPost.objects.claim(row, now=NOW, lease=chat_posts.LEASE)
    assert (send(NOW + timedelta(minutes=1)), send(NOW + timedelta(minutes=3))) == (0, 1)
    assert room.told == ["4 of 6 are in."]


def test_an_address_that_leads_inside_later_is_not_called(team, lead, room, settings):
    """HOOK-02: looked at when it is sent, too."""
    actions.connect(by=viewer_of(lead), team=team, address=room.address, tells=BOTH, now=NOW)
    settings.CHAT_HOSTS = frozenset()
    owe(team)
    assert (send(), room.told, stands()) == (0, [], [("OWED", 1, None)])


def test_a_lead_connects_it_tries_it_and_ends_it(team, browser, room):
    assert "Connect one" in main(browser.get(PAGE))
    sent = {"address": room.address, "reminder": "on"}
    assert browser.post(PAGE, sent).status_code == 302
    hook = ChatHook.objects.get()
    assert (hook.host, hook.tells_reminder, hook.tells_celebration) == ("localhost", True, False)
    assert "a-secret" not in hook.sealed + browser.get(PAGE).content.decode()
    room.status, room.says = 404, "no_team <b>"
    browser.post(f"{PAGE}trial/")
    assert "a try on its way: look again in a minute" in main(browser.get(PAGE))
    send()
    assert room.told == ["okrsite is connected: it tells of Accelerator here."]
    assert "a try the chat answered 404; it is tried again: no_team <b>" in main(browser.get(PAGE))
    answer = browser.post(f"{PAGE}end/", follow=True)
    assert toasts(answer) == [("The chat is told nothing more. Its address is forgotten.", "")]
    assert (ChatHook.objects.count(), ChatPost.objects.count()) == (0, 0)
    verbs = [*Event.objects.order_by("at", "pk").values_list("verb", flat=True)]
    assert sorted(verbs) == ["CHAT_CONNECTED", "CHAT_DISCONNECTED"]
    assert browser.post(f"{PAGE}end/").status_code == 409


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Paste the address that your chat made for an incoming webhook."),
        ("hooks.example/x", "That is no address of the web."),
        (f"https://{'a' * 261}/x", "That is no address of the web."),
        ("http://hooks.example/x", "It has to begin with https://"),
        ("https://me:secret@hooks.example/x", "An address with a name or a password in it is not taken."),
    ],
)
@pytest.mark.usefixtures("team")
def test_an_address_that_cannot_be_told_is_said_beside_the_field(browser, typed, why):
    answer = browser.post(PAGE, {"address": typed, "reminder": "on"})
    assert (answer.status_code, problems(answer), ChatHook.objects.count()) == (422, [why], 0)


@pytest.mark.usefixtures("hook")
def test_a_team_that_is_closed_is_told_nothing(team, room):
    owe(team)
    team.closed_at = NOW
    team.save()
    owe(team, period="2026-W48")
    assert (ChatPost.objects.count(), send(), room.told) == (1, 0, [])
