"""What people say about an objective: written, edited, deleted, brought back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from activity.models import Event
from core.errors import NotNow, NotYours, Stale
from objectives.actions import comments
from objectives.models import Comment, Objective, readers_of
from objectives.rules import RESTORABLE, cut_at_names, named_in, without_names
from people.models import User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import CommentFactory, MembershipFactory, ObjectiveFactory, TeamFactory, UserFactory
from tests.people.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def crew():
    """Mira, who owns one for her teams; Jonas beside her, Nora elsewhere."""
    return make_crew()


def make_crew():
    team = TeamFactory(name="Accelerator")
    mira, jonas = (MembershipFactory(team=team, user=UserFactory(name=name)).user for name in ("Mira", "Jonas"))
    return {"mira": mira, "jonas": jonas, "nora": UserFactory(name="Nora"), "one": ObjectiveFactory(owner=mira)}


def say(person, one, text="Read it aloud.", key=None):
    by = viewer_of(person)
    people = readers_of(one, known_to=by)
    return comments.comment_on(by=by, objective=one, text=text, people=people, client_key=key or uuid4(), now=NOW)


def edit(person, comment, text, version=1, now=NOW):
    by = viewer_of(person)
    people = readers_of(comment.objective, known_to=by)
    comments.edit(by=by, comment=comment, version=version, text=text, people=people, now=now)


def delete(person, comment, *, leads=False, now=NOW):
    comments.delete(by=viewer_of(person), comment=comment, leads=leads, now=now)


def told():
    return [*Event.objects.order_by("at", "verb").values_list("verb", "by__name", "subject_type", "data")]


def test_who_reads_it_and_is_named_is_mentioned(crew):
    """The leak roads, @mention: nobody else is, and nobody by themselves."""
    comment = say(crew["jonas"], crew["one"], "@Mira, @nora, @jonas: look. mail@mira @nobody @mira")
    assert (comment.mentions, Comment.objects.get().text) == (
        ["mira"],
        "@Mira, @nora, @jonas: look. mail@mira @nobody @mira",
    )
    assert told() == [("COMMENTED", "Jonas", "objectives.Comment", {"mentioned": [crew["mira"].pk]})]


def test_who_may_not_read_it_says_nothing(crew):
    with pytest.raises(NotNow, match="no longer shared with you"):
        say(crew["nora"], crew["one"])
    assert (Comment.objects.count(), Event.objects.count()) == (0, 0)


def test_no_words_are_no_comment(crew):
    with pytest.raises(comments.CommentInvalid):
        say(crew["jonas"], crew["one"], "")
    comment = say(crew["jonas"], crew["one"])
    with pytest.raises(comments.CommentInvalid):
        edit(crew["jonas"], comment, "")


@pytest.mark.parametrize("state", ["CLOSED", "DROPPED"])
def test_what_is_over_is_still_talked_about(crew, state):
    """Decisions 16."""
    Objective.objects.update(state=state, state_reason="No.")
    say(crew["jonas"], crew["one"])
    assert Comment.objects.count() == 1


def test_the_same_form_twice_is_one_comment(crew):
    """CC-04."""
    key = uuid4()
    say(crew["jonas"], crew["one"], key=key)
    with pytest.raises(comments.SaidAlready):
        say(crew["jonas"], crew["one"], "Other words", key=key)
    say(crew["mira"], crew["one"], key=key)
    assert Comment.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_comment():
    """CC-04."""
    crew, key = make_crew(), uuid4()
    jonas, one = crew["jonas"], crew["one"]
    ends = race(lambda: say(jonas, one, key=key), lambda: say(jonas, one, key=key))
    assert (ends, Comment.objects.count()) == (["SaidAlready", "done"], 1)


@pytest.mark.django_db(transaction=True)
def test_commenting_while_it_is_narrowed():
    """CC-12: it is said before, or refused; never after."""
    crew = make_crew()
    by = viewer_of(crew["jonas"])
    people = User.objects.none()

    def narrow():
        Objective.objects.filter(pk=crew["one"].pk, version=1).update(audience="ONLY_ME", version=2)

    def speak():
        key = uuid4()
        comments.comment_on(by=by, objective=crew["one"], text="Words", people=people, client_key=key, now=NOW)

    ends = race(speak, narrow)
    assert ends in (["NotNow", "done"], ["done", "done"])
    assert Comment.objects.count() == ends.count("done") - 1


@pytest.mark.django_db(transaction=True)
def test_two_edits_of_one_version():
    """CC-01: one of them is told."""
    crew = make_crew()
    comment = CommentFactory(objective=crew["one"], by=crew["jonas"])
    ends = race(lambda: edit(crew["jonas"], comment, "One"), lambda: edit(crew["jonas"], comment, "Two"))
    assert ends == ["Stale", "done"]
    comment.refresh_from_db()
    assert (comment.text in {"One", "Two"}, comment.version) == (True, 2)


def test_its_author_edits_it_and_only_who_is_newly_named_is_told(crew):
    priya = MembershipFactory(team=crew["jonas"].memberships.get().team, user=UserFactory(name="Priya")).user
    comment = say(crew["jonas"], crew["one"], "@mira look")
    edit(crew["jonas"], comment, "@mira and @priya, look", now=NOW + timedelta(hours=1))
    comment.refresh_from_db()
    assert (comment.text, comment.mentions, comment.edited_at, comment.at, comment.version) == (
        *("@mira and @priya, look", ["mira", "priya"]),
        *(NOW + timedelta(hours=1), NOW, 2),
    )
    assert told()[1] == ("COMMENT_EDITED", "Jonas", "objectives.Comment", {"mentioned": [priya.pk]})
    with pytest.raises(Stale):
        edit(crew["jonas"], comment, "Late", version=1)
    with pytest.raises(NotYours):
        edit(crew["mira"], comment, "Not mine", version=2)


def test_who_deleted_it_brings_it_back_for_thirty_days(crew):
    comment = say(crew["jonas"], crew["one"])
    with pytest.raises(NotYours):
        delete(crew["mira"], comment)
    delete(crew["jonas"], comment)
    with pytest.raises(comments.DeletedAlready):
        delete(crew["jonas"], comment)
    with pytest.raises(NotNow):
        edit(crew["jonas"], comment, "Too late")
    by, other = viewer_of(crew["jonas"]), viewer_of(crew["mira"])
    gone = Comment.objects.of_found(crew["one"], by, now=NOW + RESTORABLE).get()
    assert not Comment.objects.of_found(crew["one"], by, now=NOW + RESTORABLE + timedelta(seconds=1)).exists()
    assert not Comment.objects.of_found(crew["one"], other, now=NOW).exists()
    assert not Comment.objects.visible_to(by).exists()
    with pytest.raises(NotYours):
        comments.restore(by=other, comment=gone, now=NOW)
    with pytest.raises(NotNow):
        comments.restore(by=by, comment=gone, now=NOW + timedelta(days=31))
    comments.restore(by=by, comment=gone, now=NOW)
    assert Comment.objects.visible_to(other).get() == comment
    with pytest.raises(NotNow):
        comments.restore(by=by, comment=gone, now=NOW)
    with pytest.raises(NotNow):
        comments.restore(by=by, comment=Comment.objects.get(), now=NOW)


def test_a_lead_takes_away_what_is_said_about_their_teams_and_its_author_does_not_bring_it_back(crew):
    """Guarantees, row 17."""
    comment = say(crew["jonas"], crew["one"])
    delete(crew["mira"], comment, leads=True)
    comment.refresh_from_db()
    with pytest.raises(NotYours):
        comments.restore(by=viewer_of(crew["jonas"]), comment=comment, now=NOW)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@mira", ["mira"]),
        ("Ask @Mira-Okafor, (@jonas) and @mira-okafor.", ["mira-okafor", "jonas"]),
        ("a@mira.example @-x @@mira @mira@jonas https://x.example/@mira @", []),
        ("@mira- said", ["mira"]),
        ("“@mira”: yes/@no", ["mira"]),
    ],
)
def test_a_name_follows_an_at_at_the_beginning_of_a_word(text, names):
    assert named_in(text) == names


def test_a_text_is_cut_at_the_names_that_count():
    assert cut_at_names("Hi @Mira and @nora", ["mira"]) == [("Hi ", ""), ("@Mira", "mira"), (" and @nora", "")]
    assert cut_at_names("@mira", ["mira"]) == [("@mira", "mira")]
    assert without_names("Hi @Mira and @mira-o", ["mira"], "–") == "Hi – and @mira-o"
