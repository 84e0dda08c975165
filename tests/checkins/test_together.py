"""How sure the room is: each sets a confidence in private, one press shows all (product, section 4)."""

import json
from functools import partial

import pytest

from activity.models import Event, Notice
from checkins.actions import reveals, sessions, together
from checkins.actions.pressing import MovedAlready
from checkins.models import Reveal, RoomConfidence, Session, together_in, with_together
from core.errors import NotNow, NotYours
from core.live import SCREENS
from core.logs import JsonLines
from okrsite.own_data.export import own_rows
from people.models import Membership
from people.viewer import viewer_of
from tests.checkins.meeting import Meeting
from tests.checkins.reading import said
from tests.conftest import NOW
from tests.factories import ConfidenceFactory, KeyResultFactory, ObjectiveFactory, OrganisationFactory
from tests.house.house import CHANCE
from tests.people.racing import race

STAGE = "/teams/comets/celebration/"
REMOTE = f"{STAGE}remote/"
PART = {"HX-Request": "true"}


class Room(Meeting):
    """Ann is on stage, and writes essays; Bo, Cy and Abby have come."""

    def __init__(self):
        super().__init__()
        OrganisationFactory()
        self.ahead()
        writer = ObjectiveFactory(owner=self.ann, team=self.team, title="Become a writer")
        self.essays = KeyResultFactory(objective=writer, title="Essays")
        ConfidenceFactory(key_result=self.essays, level=6)
        for one in (self.bo, self.cy, self.abby):
            sessions.be_there(by=viewer_of(one), session=self.session, now=NOW)

    def ask(self, key_result=None):
        self.press(together.ask, self.ann, key_result=key_result or self.essays)

    def set(self, by, level):
        together.say(by=viewer_of(by), session=self.session, reveal=Reveal.objects.get().pk, level=level, now=NOW)

    def show(self):
        self.press(together.show, self.ann)

    def read_by(self, person):
        """Done, of how many, what is shown, and what is theirs."""
        viewer = viewer_of(person)
        found = together_in(with_together(Session.objects.visible_to(viewer), viewer).get())
        return found and (found.done, found.of, [row[1:] for row in found.levels], found.mine)


@pytest.fixture
def room(db, frozen):
    return Room()


@pytest.fixture
def asked(room):
    room.ask()
    return room


def test_each_sets_theirs_and_one_press_shows_all(asked):
    assert asked.read_by(asked.bo) == (0, 4, [], None)
    for one, level in ((asked.bo, 3), (asked.cy, 9), (asked.ann, 6)):
        asked.set(one, level)
    assert asked.read_by(asked.bo) == (3, 4, [], 3)
    assert asked.read_by(asked.abby) == (3, 4, [], None)
    asked.show()
    assert asked.read_by(asked.abby) == (3, 4, [("Bo", 3), ("Ann", 6), ("Cy", 9)], None)
    verbs = Event.objects.filter(verb__startswith="REVEAL").order_by("pk").values_list("verb", "data")
    told = [("REVEAL_OPENED", {"key_result": asked.essays.pk}), *[("REVEAL_SET", {})] * 3, ("REVEAL_SHOWN", {})]
    assert sorted(verbs, key=str) == told
    asked.press(reveals.put_away, asked.ann)
    assert (Reveal.objects.count(), RoomConfidence.objects.count()) == (0, 0)


def test_said_again_the_last_one_counts_and_said_twice_it_is_one(asked):
    for level in (3, 8, 8):
        asked.set(asked.bo, level)
    assert asked.read_by(asked.bo) == (1, 4, [], 8)
    assert Event.objects.filter(verb="REVEAL_SET").count() == 2


def test_after_all_are_shown_nothing_is_taken_any_more(asked):
    asked.set(asked.bo, 3)
    asked.show()
    for one in (asked.bo, asked.cy):
        with pytest.raises(NotNow, match="All are shown already, so yours was not taken"):
            asked.set(one, 8)
    assert asked.read_by(asked.cy) == (1, 4, [("Bo", 3)], None)


def test_the_log_of_the_week_is_its_owners_alone(asked):
    """Decisions 10: no number that is set together is logged, not the owner's either."""
    asked.set(asked.ann, 2)
    asked.show()
    assert list(asked.essays.confidences.values_list("level", "by")) == [(6, asked.ann.pk)]


def move_on(room):
    room.press(sessions.ahead, room.ann)


def end(room):
    room.press(sessions.end, room.ann)


def away(room):
    room.press(reveals.put_away, room.ann)


@pytest.mark.parametrize("gone", [move_on, end, away])
def test_where_it_is_left_nothing_of_it_is_left(asked, gone):
    asked.set(asked.bo, 3)
    old = Reveal.objects.get().pk
    gone(asked)
    assert (asked.read_by(asked.bo), RoomConfidence.objects.count()) == (None, 0)
    with pytest.raises(NotNow, match="put away, and nothing of it is left"):
        together.say(by=viewer_of(asked.cy), session=asked.session, reveal=old, level=5, now=NOW)


def test_what_moves_nobody_leaves_it(asked):
    asked.set(asked.bo, 3)
    asked.press(sessions.to_turn, asked.ann, person=asked.ann)
    assert asked.read_by(asked.bo) == (1, 4, [], 3)


def test_it_is_asked_about_what_stands_on_the_stage_alone(room):
    bos = KeyResultFactory(objective=ObjectiveFactory(owner=room.bo, team=room.team, title="Run"))
    own = KeyResultFactory(objective=ObjectiveFactory(owner=room.ann, team=room.team, audience="ONLY_ME"))
    for row in (bos, own):
        with pytest.raises(NotNow, match="does not stand on the stage"):
            room.ask(row)
    assert Reveal.objects.count() == 0


def test_what_is_no_longer_for_the_team_is_neither_shown_nor_set(asked, client_of):
    """Another one cannot be asked about meanwhile, and is not offered."""
    KeyResultFactory(objective=ObjectiveFactory(owner=asked.ann, team=asked.team))
    asked.set(asked.bo, 3)
    asked.essays.objective.audience = "ONLY_ME"
    asked.essays.objective.save()
    with pytest.raises(NotNow, match="does not stand on the stage"):
        asked.set(asked.cy, 8)
    pages = [client_of(asked.cy).get(page).text for page in (STAGE, REMOTE)]
    assert ["Essays" in page for page in pages] == [False, False]
    assert "Set together" not in client_of(asked.ann).get(STAGE).text
    asked.press(reveals.put_away, asked.ann)
    assert "Set together" in client_of(asked.ann).get(STAGE).text


def test_who_may_do_what(asked):
    with pytest.raises(NotNow, match="already"):
        asked.ask()
    with pytest.raises(NotNow, match="Nobody has set theirs yet"):
        asked.show()
    asked.set(asked.coach, 7)
    with pytest.raises(NotYours):
        asked.set(asked.kim, 7)
    for action in (together.show, reveals.put_away, partial(together.ask, key_result=asked.essays)):
        with pytest.raises(NotYours):
            asked.press(action, asked.bo)
        with pytest.raises(MovedAlready):
            asked.press(action, asked.ann, version=asked.session.version - 1)
    asked.press(reveals.put_away, asked.abby)
    with pytest.raises(NotNow, match="put away already"):
        asked.press(reveals.put_away, asked.ann)
    with pytest.raises(NotNow, match="Nobody has set theirs"):
        asked.show()


def test_who_has_left_is_not_counted_and_sets_nothing(asked):
    asked.set(asked.bo, 3)
    viewer = viewer_of(asked.bo)
    Membership.objects.filter(user=asked.bo).update(left_on="2026-11-18")
    assert asked.read_by(asked.cy) == (0, 3, [], None)
    with pytest.raises(NotNow, match="not in this team"):
        together.say(by=viewer, session=asked.session, reveal=Reveal.objects.get().pk, level=5, now=NOW)


def test_another_kind_of_session_writes_under_it_as_well(room):
    """Decisions 38: a retro opens one without a key result, and what is written is read by the same rule."""
    room.press(reveals.open_up, room.ann)
    reveal = Reveal.objects.get()
    reveals.hold_open(by=viewer_of(room.bo), session=room.session, reveal=reveal.pk)
    with pytest.raises(NotNow):
        room.set(room.bo, 3)  # it is about no key result
    RoomConfidence.objects.create(reveal=reveal, person=room.bo, level=3, at=NOW)
    readers = [room.bo, room.cy, room.coach, room.kim]
    assert [RoomConfidence.objects.visible_to(viewer_of(one)).count() for one in readers] == [1, 0, 0, 0]
    room.press(reveals.show, room.ann, done=1)
    assert [RoomConfidence.objects.visible_to(viewer_of(one)).count() for one in readers] == [1, 1, 1, 0]
    with pytest.raises(NotNow):
        room.press(reveals.show, room.ann, done=1)


def roads(room, client_of, reader):
    """Everything that somebody else can read of it, byte by byte, streams and versions too; tokens masked."""
    client = client_of(reader)
    pages = ("/", STAGE, f"{STAGE}?turn=ann", REMOTE, "/teams/comets/", "/teams/comets/wall/", "/people/bo/")
    pages += ("/teams/comets/celebrations/", "/teams/comets/about/", "/notices/", "/settings/decided/")
    pages += (f"/objectives/{room.essays.objective_id}/", "/api/v1/key-results/", "/api/v1/check-ins/")
    answers = [client.get(page, headers=PART) for page in pages]
    assert reader == room.kim or {answer.status_code for answer in answers} == {200}
    found = [answer.text + answer.headers.get("X-Version", "") for answer in answers]
    found += [repr(SCREENS[kind].show(room.team.pk, NOW)) for kind in ("wall", "celebration")]
    found.append(repr([*own_rows(viewer_of(reader), now=NOW)]))
    found.append(repr([*Event.objects.exclude(verb="REVEAL_SET").values_list("verb", "data")]))
    found.append(repr([*Event.objects.filter(verb="REVEAL_SET").values_list("data")]))
    found.append(repr(Notice.objects.count()))
    return [CHANCE.sub("", text) for text in found]


@pytest.mark.parametrize("name", ["ann", "cy", "kim"])
def test_before_all_are_shown_nobody_reads_a_number_by_any_road(asked, client_of, name):
    """It makes no difference to anybody whether Bo set a 3 or a 7; to Bo it does, on his phone alone."""
    asked.set(asked.bo, 3)
    reader = getattr(asked, name)
    before, mine = roads(asked, client_of, reader), client_of(asked.bo).get(REMOTE).text
    assert "Yours is 3." in mine
    RoomConfidence.objects.update(level=7)
    assert roads(asked, client_of, reader) == before
    assert "Yours is 7." in client_of(asked.bo).get(REMOTE).text
    if name != "kim":
        asked.show()
        assert roads(asked, client_of, reader) != before


def test_no_log_says_which_number_it_was(asked, client_of, caplog):
    """PRIV-07: the lines of a 3 are those of a 7, taken or refused."""
    caplog.set_level("DEBUG")

    def lines(level, status):
        caplog.clear()
        sent = {"reveal": Reveal.objects.get().pk, "level": level}
        assert client_of(asked.bo).post(f"{STAGE}together/confidence/", sent).status_code == status
        told = [json.loads(JsonLines().format(one)) for one in caplog.records if one.name != "django.db.backends"]
        return [{name: words for name, words in line.items() if name not in {"at", "request_id"}} for line in told]

    assert lines("3", 302) == lines("7", 302)
    assert lines("11", 400) == lines("12", 400) != []
    asked.show()
    assert lines("3", 409) == lines("7", 409)


def test_the_stage_is_the_same_for_all_and_says_how_many(asked, client_of):
    for one, level in ((asked.bo, 3), (asked.cy, 9)):
        asked.set(one, level)
    pages = {client_of(one).get(STAGE, headers=PART).text for one in (asked.ann, asked.bo, asked.cy, asked.abby)}
    assert len(pages) == 1
    page = client_of(asked.bo).get(STAGE)
    assert "two of four have set theirs" in said(page)
    assert "Yours is in" in page.text
    asked.show()
    page = said(client_of(asked.bo).get(STAGE))
    assert [line for line in page if line.startswith(("Bo", "Cy"))][:2] == [
        "Bo 3: what makes you careful?",
        "Cy 9: what gives you hope?",
    ]
    assert [line for line in page if "yours" in line.lower()] == []


def test_by_buttons_and_reloads_alone(room, client_of):
    """Without JavaScript, from the stage and from a phone."""
    ann, bo = client_of(room.ann), client_of(room.bo)

    def press(browser, do, **more):
        sent = {"do": do, "version": room.session.version, **more}
        return browser.post(f"{STAGE}together/", sent).headers["Location"]

    assert press(ann, "open", on="remote") == REMOTE
    reveal = Reveal.objects.get()
    assert reveal.key_result == room.essays
    assert f'name="reveal" value="{reveal.pk}"' in bo.get(STAGE).text
    for browser, on, back in ((bo, "remote", REMOTE), (ann, "", STAGE)):
        answer = browser.post(f"{STAGE}together/confidence/", {"reveal": reveal.pk, "level": "4", "on": on})
        assert answer.headers["Location"] == back
    assert "Show all" in ann.get(STAGE).text
    assert "Show all" not in bo.get(STAGE).text
    assert press(ann, "show") == STAGE
    assert "Ann, Bo all of one mind: 4" in said(bo.get(STAGE))
    assert "Bo 4" in said(bo.get(REMOTE))
    late = bo.post(f"{STAGE}together/confidence/", {"reveal": reveal.pk, "level": "9"})
    assert (late.status_code, "All are shown already" in late.text) == (409, True)
    assert press(ann, "away") == STAGE
    assert Reveal.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 400),
        ({"level": "11"}, 400),
        ({"level": "", "reveal": "1"}, 400),
        ({"level": "5", "reveal": "1"}, 409),
    ],
)
def test_what_cannot_be_meant_is_refused(asked, client_of, sent, status):
    assert client_of(asked.bo).post(f"{STAGE}together/confidence/", sent).status_code == status
    assert RoomConfidence.objects.count() == 0


def test_whoever_does_not_lead_is_told_so_first(room, client_of):
    nothing = {"do": "open", "version": room.session.version, "key_result": "1"}
    assert client_of(room.bo).post(f"{STAGE}together/", nothing).status_code == 403
    assert client_of(room.ann).post(f"{STAGE}together/", nothing).status_code == 404


def test_ones_own_is_taken_along_and_nobody_elses(asked):
    asked.set(asked.bo, 3)
    asked.set(asked.cy, 9)
    rows = dict(own_rows(viewer_of(asked.bo), now=NOW))["checkins.RoomConfidence"]
    assert [row["level"] for row in rows] == [3]


@pytest.mark.django_db(transaction=True)
def test_a_number_that_is_set_while_all_are_shown_is_in_or_refused(frozen):
    """CC-15: what was taken is shown, and what was not is refused."""
    room = Room()
    room.ask()
    room.set(room.cy, 9)
    set_ = partial(room.set, room.bo, 3)
    show = partial(room.show)
    answers = race(set_, show)
    assert answers in (["NotNow", "done"], ["done", "done"])
    shown = [row[0] for row in room.read_by(room.ann)[2]]
    assert shown == (["Bo", "Cy"] if answers == ["done", "done"] else ["Cy"])


@pytest.mark.django_db(transaction=True)
def test_one_who_sets_theirs_twice_at_once_has_one(frozen):
    """CC-04, CC-15."""
    room = Room()
    room.ask()
    race(partial(room.set, room.bo, 3), partial(room.set, room.bo, 8))
    assert room.read_by(room.bo) in ((1, 4, [], 3), (1, 4, [], 8))
    assert RoomConfidence.objects.count() == 1
