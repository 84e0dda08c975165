"""What one is told of in the app: cheers, comments, mentions, and that a manager has seen a week."""

from datetime import timedelta
from uuid import uuid4

import pytest

from activity.models import Event, Notice
from checkins.actions import cheers, seen
from checkins.actions.comments import comment_on as comment_on_week
from checkins.models import CheckIn, Comment, Seen, readers_of_week, told
from core.errors import NotNow, NotYours
from objectives.actions import comments
from objectives.models import Objective, readers_of
from people.viewer import viewer_of
from tests.checkins.reading import fields, links, said
from tests.conftest import NOW
from tests.factories import (
    CheckInFactory,
    LineFactory,
    MembershipFactory,
    ObjectiveFactory,
    TeamFactory,
    UserFactory,
    WeekCommentFactory,
)
from tests.people.racing import race

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


class Crew:
    """Mira, with a week and an objective for her teams, Jonas beside her, Kim whom she reports to, Nora elsewhere."""

    def __init__(self):
        team = TeamFactory(name="Accelerator")
        self.kim, self.nora = UserFactory(name="Kim"), UserFactory(name="Nora")
        self.mira = MembershipFactory(team=team, user=UserFactory(name="Mira", manager=self.kim)).user
        self.jonas = MembershipFactory(team=team, user=UserFactory(name="Jonas")).user
        self.one = ObjectiveFactory(owner=self.mira, title="Write")
        self.week = CheckInFactory(person=self.mira)

    def cheer(self, by, text="", now=NOW):
        key = uuid4()
        return cheers.give(by=viewer_of(by), check_in=self.week, sign="CLAP", text=text, client_key=key, now=now)

    def comment(self, by, text):
        viewer = viewer_of(by)
        people = readers_of(self.one, known_to=viewer)
        words = {"text": text, "people": people, "client_key": uuid4(), "now": NOW}
        return comments.comment_on(by=viewer, objective=self.one, **words)

    def comment_on_week(self, by, text):
        viewer = viewer_of(by)
        people = readers_of_week(self.week, known_to=viewer)
        words = {"text": text, "people": people, "client_key": uuid4(), "now": NOW}
        return comment_on_week(by=viewer, check_in=self.week, **words)

    def see(self, by):
        seen.say(by=viewer_of(by), check_in=self.week, now=NOW)


@pytest.fixture
def crew():
    return Crew()


def told_of(person):
    return sorted(told(viewer_of(person)).values_list("event__verb", flat=True))


def header(page):
    return " ".join(page.text.partition("<header")[2].partition("</header>")[0].partition("notices-link")[2].split())


def test_who_is_told_of_what(crew):
    """Whose thing it is and who is mentioned, each once; nobody of what they did themselves."""
    crew.cheer(crew.jonas)
    crew.comment(crew.jonas, "Look, @mira and @nora")
    crew.comment(crew.mira, "I do, @jonas")
    crew.comment_on_week(crew.jonas, "@kim is not known to me")
    crew.comment_on_week(crew.mira, "@kim is to me")
    crew.see(crew.kim)
    assert {person.name: told_of(person) for person in (crew.mira, crew.jonas, crew.kim, crew.nora)} == {
        "Mira": ["CHEERED", "COMMENTED", "COMMENTED", "SEEN"],
        "Jonas": ["COMMENTED"],
        "Kim": ["COMMENTED"],
        "Nora": [],
    }
    assert Notice.objects.count() == 6


def test_the_list_says_what_happened_and_leads_there(crew, client_of):
    crew.cheer(crew.jonas, "The tide piece.")
    said_there = crew.comment(crew.jonas, "Look, @mira " + "word " * 40)
    on_week = crew.comment_on_week(crew.jonas, "Paper?")
    crew.see(crew.kim)
    for number, event in enumerate(Event.objects.filter(notices__isnull=False).order_by("-verb", "subject_type")):
        Notice.objects.filter(event=event).update(read_at=NOW if number % 2 else None)
    page = client_of(crew.mira).get("/notices/")
    lines = said(page)
    assert lines[:2] == ["Notices", "2 new"]
    words = " ".join(lines)
    for sentence in [
        "Jonas cheered your week 46 👏: “The tide piece.”",
        "Jonas mentions you on Write: “Look, @mira word word",
        "Jonas commented on your week 46: “Paper?”",
        "Kim has seen your week 46",
    ]:
        assert sentence in words
    assert "word " * 25 not in words
    assert set(links(page).values()) <= {
        f"{crew.one.get_absolute_url()}#comment-{said_there.pk}",
        f"/check-in/2026-W46/#comment-{on_week.pk}",
        "/check-in/2026-W46/#cheers",
    }


def test_somebody_else_finds_the_week_on_its_page(crew, client_of):
    comment = crew.comment_on_week(crew.mira, "@jonas, look")
    browser = client_of(crew.jonas)
    assert "Mira mentions you on week 46 of Mira: “@jonas, look”" in " ".join(said(browser.get("/notices/")))
    notice = Notice.objects.get()
    answer = browser.post(f"/notices/{notice.pk}/opening/")
    assert answer.headers["Location"] == f"/people/mira/check-in/2026-W46/#comment-{comment.pk}"


def test_looking_changes_nothing_and_one_press_reads_one_or_all(crew, client_of):
    crew.cheer(crew.jonas)
    crew.see(crew.kim)
    browser = client_of(crew.mira)
    for _look in range(2):
        page = browser.get("/notices/")
        assert (said(page)[1], "2<span" in header(page)) == ("2 new", True)
    one = Notice.objects.get(event__verb="SEEN")
    for _press in range(2):
        answer = browser.post(f"/notices/{one.pk}/opening/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/check-in/2026-W46/#cheers")
    assert "1<span" in header(browser.get("/people/"))
    until = fields(browser.get("/notices/"))["until"]
    crew.cheer(crew.jonas, now=NOW + timedelta(minutes=1))
    assert browser.post("/notices/reading/", {"until": "nonsense"}).status_code == 302
    assert Notice.objects.unread().count() == 2
    assert browser.post("/notices/reading/", {"until": until}).headers["Location"] == "/notices/"
    page = browser.get("/notices/")
    assert (said(page)[1], "1<span" in header(page)) == ("1 new", True)
    browser.post("/notices/reading/", fields(page))
    page = browser.get("/notices/")
    assert (said(page)[1], "tag" in header(page)) == ("nothing new", False)


def test_nothing_yet(crew, client_of):
    assert said(client_of(crew.nora).get("/notices/")) == [
        "Notices",
        "Nobody said anything yet.",
        "Cheers, comments and mentions of you stand here. None of them is ever mailed, and nothing waits for you.",
    ]


def test_others_notices_are_not_there(crew, client_of):
    """AZ-02."""
    crew.cheer(crew.jonas)
    notice = Notice.objects.get()
    assert client_of(crew.jonas).post(f"/notices/{notice.pk}/opening/").status_code == 404
    client_of(crew.jonas).post("/notices/reading/", {"until": NOW.isoformat()})
    assert Notice.objects.unread().count() == 1


@pytest.mark.parametrize("how", ["narrowed", "deleted", "comment deleted", "taken back"])
def test_what_one_may_no_longer_read_is_not_told_any_more(crew, client_of, how):
    """PRIV-09: neither in the list nor in the count."""
    comment = crew.comment(crew.mira, "@jonas, look")
    browser = client_of(crew.jonas)
    if how == "taken back":
        cheer = crew.cheer(crew.jonas)
        browser = client_of(crew.mira)
        assert "1<span" in header(browser.get("/notices/"))
        cheers.take_back(by=viewer_of(crew.jonas), cheer=cheer, now=NOW)
    else:
        assert "1<span" in header(browser.get("/notices/"))
    if how == "narrowed":
        Objective.objects.update(audience="ONLY_ME")
    elif how == "deleted":
        Objective.objects.update(deleted_at=NOW)
    elif how == "comment deleted":
        comments.delete(by=viewer_of(crew.mira), comment=comment, leads=False, now=NOW)
    page = browser.get("/notices/")
    assert (said(page)[1], "tag" in header(page)) == ("Nobody said anything yet.", False)
    notice = Notice.objects.first()
    assert browser.post(f"/notices/{notice.pk}/opening/").status_code == 404


def test_only_who_has_something_new_is_counted_for(crew, client_of, django_assert_num_queries):
    """One question more, and none for all others; the page of notices counts what it shows."""
    browser = client_of(crew.mira)
    for queries, there in ((5, 5), (6, 6), (5, 6)):
        with django_assert_num_queries(queries):
            browser.get("/settings/")
        with django_assert_num_queries(there):
            assert "notices-link" in browser.get("/notices/").text
        if not Notice.objects.exists():
            crew.cheer(crew.jonas)
        else:
            Notice.objects.update(read_at=NOW)


def test_a_manager_says_once_that_they_have_seen_it(crew, client_of):
    page = "/people/mira/check-in/2026-W46/"
    manager = client_of(crew.kim)
    assert "Seen" in said(manager.get(page))
    assert "Seen" not in said(client_of(crew.jonas).get(page))
    for _press in range(2):
        answer = manager.post(f"{page}seen/")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}#cheers")
    assert Seen.objects.count() == 1
    assert "✓ You told Mira that you have seen it." in said(manager.get(page))
    assert "✓ Seen by Kim" in said(client_of(crew.mira).get("/check-in/2026-W46/"))
    assert "Seen by" not in client_of(crew.jonas).get(page).text


def test_nobody_else_says_so(crew, client_of):
    for person in (crew.jonas, crew.mira):
        with pytest.raises(NotYours):
            crew.see(person)
    crew.week.done_at = None
    crew.week.save()
    with pytest.raises(NotNow):
        crew.see(crew.kim)
    assert client_of(crew.nora).post("/people/mira/check-in/2026-W46/seen/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_say_it_once():
    """CC-04."""
    crew = Crew()
    assert race(lambda: crew.see(crew.kim), lambda: crew.see(crew.kim)) == ["SeenAlready", "done"]
    assert (Seen.objects.count(), Notice.objects.count()) == (1, 1)


def read_apart(person):
    """What that person reads of each week that is theirs or shown to them: found with it, and asked by itself."""
    viewer = viewer_of(person)
    shown = [*CheckIn.objects.visible_to(viewer).filter(person=person), *CheckIn.objects.shown_to(viewer)]
    for week in shown:
        found = Comment.objects.of_found(week, viewer, now=NOW)
        asked = Comment.objects.visible_to(viewer).filter(check_in=week.pk)
        yield [{one.text for one in rows} for rows in (found, found.kept(), asked)]


def test_what_is_said_of_a_week_that_was_found_is_what_may_be_read(crew):
    """PRIV-01, AZ-07: finding a week asks of it what its comments would ask, of everybody around it."""
    crew.one.audience = "EVERYONE"
    crew.one.save()
    LineFactory(check_in=crew.week, objective=crew.one)
    ada = UserFactory(name="Ada", is_site_admin=True)
    everybody = (crew.mira, crew.jonas, crew.kim, crew.nora, ada)
    for person in everybody:  # some of them when they stood nearer than today
        WeekCommentFactory(check_in=crew.week, by=person, text=f"of {person.name}")
        lost = {"deleted_by": person, "deleted_at": NOW}
        WeekCommentFactory(check_in=crew.week, by=person, text=f"deleted by {person.name}", **lost)
    found = {person.name: [*read_apart(person)] for person in everybody}
    for name, weeks in found.items():
        assert all(kept == asked for _told, kept, asked in weeks), name
    all_kept = {f"of {person.name}" for person in everybody}
    assert {name: sorted(weeks[-1][0]) for name, weeks in found.items()} == {
        **{name: sorted(all_kept | {f"deleted by {name}"}) for name in ("Mira", "Jonas", "Kim")},
        **{name: sorted([f"of {name}", f"deleted by {name}"]) for name in ("Nora", "Ada")},
    }
