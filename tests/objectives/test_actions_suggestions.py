"""What others would have an objective say: suggested, taken, reworded, declined, taken back (P51, P52)."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from activity.models import Event, Notice
from core.errors import NotNow, NotYours, Stale
from objectives.actions import suggestions
from objectives.actions.measures import KeyResultInvalid, Measure
from objectives.actions.suggestions import Suggested
from objectives.models import KeyResult, Objective, Suggestion
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import (
    CoOwnerFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    SuggestionFactory,
    TeamFactory,
    UserFactory,
)
from tests.people.racing import race

pytestmark = pytest.mark.django_db
ESSAYS = Measure("Essays read aloud", "NUMBER", Decimal(4), Decimal(0), "essays")


@pytest.fixture
def crew():
    """Mira, who owns one for her teams; Jonas beside her, Nora elsewhere, Elif who leads and manages."""
    return make_crew()


def make_crew():
    team, elif_ = TeamFactory(name="Accelerator"), UserFactory(name="Elif")
    people = {name: UserFactory(name=name, manager=elif_) for name in ("Mira", "Jonas")}
    for person in people.values():
        MembershipFactory(team=team, user=person)
    MembershipFactory(team=team, user=elif_, role="LEAD")
    mira = people["Mira"]
    one, ours = (
        ObjectiveFactory(owner=mira, title="Write"),
        ObjectiveFactory(owner=mira, kind="TEAM", team=team, audience="EVERYONE", title="Ship"),
    )
    part = KeyResultFactory(objective=one, title="Essays")
    crew = {"mira": mira, "jonas": people["Jonas"], "nora": UserFactory(name="Nora"), "elif": elif_}
    return {**crew, "one": one, "ours": ours, "part": part}


def worded(objective):
    return Objective.objects.with_people().get(pk=objective.pk)


def suggest(person, objective, what=None, key=None):
    told = {"client_key": key or uuid4(), "now": NOW}
    what = what or Suggested("Write what is read")
    return suggestions.suggest(by=viewer_of(person), objective=worded(objective), what=what, **told)


def again(row):
    found = Suggestion.objects.select_related("objective__owner").get(pk=row.pk)
    found.objective = worded(found.objective)
    return found


def word(person, row, title, version=1):
    suggestions.word(by=viewer_of(person), suggestion=again(row), title=title, version=version, now=NOW)


def add(person, row, measure):
    return suggestions.add(by=viewer_of(person), suggestion=again(row), measure=measure, now=NOW)


def decline(person, row, answer=""):
    suggestions.decline(by=viewer_of(person), suggestion=again(row), answer=answer, now=NOW)


def withdraw(person, row):
    suggestions.withdraw(by=viewer_of(person), suggestion=again(row), now=NOW)


def stands(row):
    row.refresh_from_db()
    return row.state, row.answered_by, row.answered_at, row.answer


def told():
    return [*Event.objects.order_by("at", "pk").values_list("verb", "by__name", "subject_type", "data")]


def noticed():
    return {*Notice.objects.values_list("person__name", "event__verb")}


def test_who_reads_it_suggests_and_who_words_it_is_told(crew):
    row = suggest(crew["jonas"], crew["one"])
    said = (row.kind, row.title, row.key_result, row.target, row.by_id, row.at)
    assert said == ("WORDING", "Write what is read", None, None, crew["jonas"].pk, NOW)
    assert stands(row) == ("OPEN", None, None, "")
    assert told() == [("SUGGESTED", "Jonas", "objectives.Suggestion", {})]
    assert noticed() == {("Mira", "SUGGESTED")}


def test_co_owners_are_told_too(crew):
    CoOwnerFactory(objective=crew["ours"], user=crew["jonas"])
    suggest(crew["nora"], crew["ours"])
    assert noticed() == {("Mira", "SUGGESTED"), ("Jonas", "SUGGESTED")}


def test_who_may_not_read_it_suggests_nothing(crew):
    with pytest.raises(NotNow, match="no longer shared with you"):
        suggest(crew["nora"], crew["one"])
    assert (Suggestion.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize(("who", "what"), [("mira", "one"), ("mira", "ours"), ("elif", "ours")])
def test_who_words_it_edits_it(crew, who, what):
    with pytest.raises(NotYours, match="just edit it"):
        suggest(crew[who], crew[what])


@pytest.mark.parametrize("state", ["DRAFT", "CLOSED", "DROPPED"])
def test_what_is_not_active_takes_none(crew, state):
    Objective.objects.update(state=state, state_reason="No.")
    with pytest.raises(NotNow):
        suggest(crew["jonas"], crew["one"])
    assert Suggestion.objects.count() == 0


def test_for_a_key_result_of_another_or_one_that_is_gone_nothing_is_suggested(crew):
    other = KeyResultFactory(objective=crew["ours"])
    KeyResult.objects.filter(pk=crew["part"].pk).update(deleted_at=NOW)
    for part in (other, crew["part"]):
        with pytest.raises(KeyResultInvalid):
            suggest(crew["jonas"], crew["one"], Suggested("Pages", key_result=part.pk))
    with pytest.raises(KeyResultInvalid):
        suggest(
            crew["jonas"], crew["one"], Suggested("Same", measure=Measure("Same", "NUMBER", Decimal(1), Decimal(1)))
        )


def test_the_same_form_twice_is_one(crew):
    """CC-04."""
    key = uuid4()
    suggest(crew["jonas"], crew["one"], key=key)
    with pytest.raises(suggestions.SuggestedAlready):
        suggest(crew["jonas"], crew["one"], key=key)
    suggest(crew["elif"], crew["one"], key=key)
    assert Suggestion.objects.count() == 2


@pytest.mark.parametrize(
    ("kept", "state"), [("Write what is read", "ACCEPTED"), ("Write what people read", "REWORDED")]
)
def test_words_are_taken_and_are_the_owners(crew, kept, state):
    """P52: as they are, or reworded."""
    row = suggest(crew["jonas"], crew["one"])
    word(crew["mira"], row, kept)
    one = worded(crew["one"])
    assert (one.title, one.owner, one.version) == (kept, crew["mira"], 2)
    assert stands(row) == (state, crew["mira"], NOW, "")
    assert {verb for verb, *_rest in told()} == {"SUGGESTED", f"SUGGESTION_{state}", "REWORDED"}
    assert ("Jonas", f"SUGGESTION_{state}") in noticed()


def test_words_of_a_key_result_are_taken_and_its_numbers_stay(crew):
    row = suggest(crew["jonas"], crew["one"], Suggested("Pages", key_result=crew["part"].pk))
    before = KeyResult.objects.values("target", "baseline", "kind", "unit", "owner").get()
    word(crew["mira"], row, "Pages")
    assert KeyResult.objects.values("target", "baseline", "kind", "unit", "owner").get() == before
    assert KeyResult.objects.get().title == "Pages"
    assert worded(crew["one"]).title == "Write"


def test_over_a_newer_version_nothing_is_taken(crew):
    """CC-01."""
    row = suggest(crew["jonas"], crew["one"])
    Objective.objects.filter(pk=crew["one"].pk).update(title="Newer", version=2)
    with pytest.raises(Stale):
        word(crew["mira"], row, "Write what is read", version=1)
    assert (worded(crew["one"]).title, stands(row)[0]) == ("Newer", "OPEN")


def test_a_key_result_that_went_takes_no_words(crew):
    row = suggest(crew["jonas"], crew["one"], Suggested("Pages", key_result=crew["part"].pk))
    KeyResult.objects.update(deleted_at=NOW)
    with pytest.raises(NotNow, match="dropped, moved or deleted"):
        word(crew["mira"], row, "Pages")
    assert stands(row)[0] == "OPEN"


@pytest.mark.parametrize(("target", "state"), [(4, "ACCEPTED"), (5, "REWORDED")])
def test_one_more_key_result_is_taken(crew, target, state):
    row = suggest(crew["jonas"], crew["one"], Suggested(ESSAYS.title, measure=ESSAYS))
    assert suggestions.measure_of(again(row)) == ESSAYS
    made = add(crew["mira"], row, Measure("Essays read aloud", "NUMBER", Decimal(target), Decimal(0), "essays"))
    assert (made.title, made.target, made.owner_id, made.objective_id) == (
        *("Essays read aloud", target),
        *(crew["mira"].pk, crew["one"].pk),
    )
    assert (stands(row)[0], row.key_result_id) == (state, made.pk)


@pytest.mark.parametrize("who", ["jonas", "elif", "nora"])
def test_only_its_owner_takes_anything_into_a_personal_one(crew, who):
    """P51: neither manager nor lead nor who suggested it."""
    row = suggest(crew["jonas"], crew["one"])
    more = suggest(crew["jonas"], crew["one"], Suggested(ESSAYS.title, measure=ESSAYS))
    for attempt in (lambda: word(crew[who], row, "Mine"), lambda: add(crew[who], more, ESSAYS)):
        with pytest.raises(NotYours):
            attempt()
    with pytest.raises(NotYours):
        decline(crew[who], row)
    assert (worded(crew["one"]).title, KeyResult.objects.count(), stands(row)[0]) == ("Write", 1, "OPEN")


def test_a_lead_answers_for_the_teams(crew):
    row = suggest(crew["jonas"], crew["ours"])
    word(crew["elif"], row, "Ship it")
    assert (worded(crew["ours"]).title, stands(row)[1]) == ("Ship it", crew["elif"])


def test_it_is_declined_with_a_word(crew):
    row = suggest(crew["jonas"], crew["one"])
    decline(crew["mira"], row, "Too close to the other one.")
    assert stands(row) == ("DECLINED", crew["mira"], NOW, "Too close to the other one.")
    assert worded(crew["one"]).title == "Write"
    assert noticed() == {("Mira", "SUGGESTED"), ("Jonas", "SUGGESTION_DECLINED")}
    for attempt in (lambda: word(crew["mira"], row, "Late"), lambda: withdraw(crew["jonas"], row)):
        with pytest.raises(NotNow, match="answered or taken back"):
            attempt()


def test_its_author_alone_takes_it_back(crew):
    row = suggest(crew["jonas"], crew["one"])
    with pytest.raises(NotYours):
        withdraw(crew["mira"], row)
    withdraw(crew["jonas"], row)
    assert stands(row)[0] == "WITHDRAWN"
    assert noticed() == {("Mira", "SUGGESTED")}
    with pytest.raises(suggestions.WithdrawnAlready):
        withdraw(crew["jonas"], row)


def test_under_what_was_dropped_nothing_is_answered(crew):
    row = suggest(crew["jonas"], crew["one"])
    Objective.objects.update(state="DROPPED", state_reason="No.")
    with pytest.raises(NotNow):
        word(crew["mira"], row, "Write what is read")
    assert stands(row)[0] == "OPEN"


def test_who_reads_which(crew):
    """What waits or was left stands between two; what was taken, all readers see; what was taken back, its author."""
    answered = {"answered_at": NOW, "answered_by": crew["mira"]}
    fields = {"objective": crew["one"], "by": crew["jonas"]}
    for state in ("ACCEPTED", "REWORDED", "DECLINED", "WITHDRAWN"):
        SuggestionFactory(**fields, title=state, state=state, **answered)
    SuggestionFactory(**fields, title="OPEN")
    read = {
        name: {*Suggestion.objects.visible_to(viewer_of(crew[name])).values_list("title", flat=True)}
        for name in ("jonas", "mira", "elif", "nora")
    }
    assert read == {
        "jonas": {"ACCEPTED", "REWORDED", "DECLINED", "WITHDRAWN", "OPEN"},
        "mira": {"ACCEPTED", "REWORDED", "DECLINED", "OPEN"},
        "elif": {"ACCEPTED", "REWORDED"},
        "nora": set(),
    }
    Objective.objects.filter(pk=crew["one"].pk).update(audience="ONLY_ME")
    assert not Suggestion.objects.visible_to(viewer_of(crew["jonas"])).exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"title": ""},
        {"kind": "KEY_RESULT"},
        {"target": 4},
        {"state": "ACCEPTED"},
        {"answered_at": NOW + timedelta(days=1)},
        {"kind": "OTHER"},
        {"state": "GONE"},
    ],
)
def test_the_database_refuses_what_is_never_true(crew, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        SuggestionFactory(objective=crew["one"], **broken)


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once():
    """One wins, and the other is told."""
    crew = make_crew()
    row = suggest(crew["jonas"], crew["ours"])
    ends = race(lambda: decline(crew["mira"], row), lambda: word(crew["elif"], row, "Ship it"))
    assert ends == ["NotNow", "done"]
    assert (worded(crew["ours"]).title == "Ship it") is (stands(row)[0] == "REWORDED")


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_suggestion():
    """CC-04."""
    crew, key = make_crew(), uuid4()
    ends = race(*[lambda: suggest(crew["jonas"], crew["one"], key=key)] * 2)
    assert (ends, Suggestion.objects.count()) == (["SuggestedAlready", "done"], 1)


@pytest.mark.django_db(transaction=True)
def test_suggesting_while_it_is_narrowed():
    """CC-12: it is suggested before, or refused."""
    crew = make_crew()
    one, by = worded(crew["one"]), viewer_of(crew["jonas"])

    def narrow():
        Objective.objects.filter(pk=one.pk, version=1).update(audience="ONLY_ME", version=2)

    def speak():
        told = {"what": Suggested("Words"), "client_key": uuid4(), "now": NOW}
        suggestions.suggest(by=by, objective=one, **told)

    ends = race(speak, narrow)
    assert ends in (["NotNow", "done"], ["done", "done"])
    assert Suggestion.objects.count() == ends.count("done") - 1
