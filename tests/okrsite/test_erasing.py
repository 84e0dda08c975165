"""A person is erased: nothing tells of them any more, and the team's record stays (PRIV-05, DB-05)."""

import io
import logging
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.test import Client
from django.test.signals import clear_cache_handlers

from activity.models import Event
from checkins.models import Promise
from core.logs import JsonLines
from objectives.models import Objective, SuggestedObjective
from okrsite.keeping import KEEPING, Erase
from okrsite.own_data import erasing
from people.actions import erasing as people_erasing
from people.actions.people import create_person
from people.models import Handle, Membership, User
from tests.conftest import NOW
from tests.factories import PASSWORD, PromiseFactory, SuggestedObjectiveFactory
from tests.okrsite import life
from tests.okrsite.life import EMAIL, NAME, USERNAME, live, traces

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)
PAGE = "/settings/data/erasure/"
Tables = dict[str, dict[Any, dict[str, Any]]]


@pytest.fixture
def cache_table(monkeypatch):
    """The cache where it is in production: in a table."""
    call_command("createcachetable", "cache", verbosity=0)
    table = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    monkeypatch.setattr(django_settings, "CACHES", {"default": table})
    clear_cache_handlers(setting="CACHES")
    yield
    monkeypatch.undo()
    clear_cache_handlers(setting="CACHES")


@pytest.fixture
def log():
    """All that is logged, as the server writes it."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream.getvalue
    root.removeHandler(handler)
    root.setLevel(level)


def leave(someone: life.Life) -> None:
    """On the page, with her password and her name typed."""
    someone.browser.get("/")
    someone.browser.post(life.AGAIN, {"password": PASSWORD})
    answer = someone.browser.post(PAGE, {"typed": NAME, "successor": ""})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/"), answer.text


def tables() -> Tables:
    """Every row of every table of ours and others', by model."""
    found = {}
    for label in KEEPING:
        model = apps.get_model(label)
        names = [field.attname for field in model._meta.concrete_fields]
        found[label] = {row["pk"]: row for row in model._base_manager.values("pk", *names)}
    return found


def words_of(rows: Tables) -> Counter[str]:
    """How often a text says SHARED, and how often OTHERS."""
    texts = [value for table in rows.values() for row in table.values() for value in row.values()]
    return Counter(word for text in texts if isinstance(text, str) for word in ("SHARED", "OTHERS") if word in text)


EVERYWHERE = {
    "people_user.name", "people_user.email", "people_user.username", "people_user.name_key", "people_handle.username",
    "people_accesslink.email", "people_accesslink.message", "people_token.name", "people_keptanswer.body",
    "objectives_objective.title", "objectives_objective.why", "objectives_objective.first_step",
    "objectives_keyresult.title", "objectives_keyresult.intention", "objectives_keyresult.unit", "objectives_value.source",
    "objectives_keyresult.anchor_low", "objectives_keyresult.anchor_good", "objectives_keyresult.anchor_full",
    "objectives_grade.lesson", "objectives_earliergrade.lesson", "objectives_review.achieved", "objectives_review.again",
    "objectives_step.label", "objectives_bet.if_we", "objectives_bet.because", "objectives_bet.learned", "objectives_idea.title", "objectives_idea.why", "objectives_suggestion.title", "objectives_suggestedobjective.title",
    "objectives_suggestedobjective.why", "objectives_suggestedobjective.key_results", "objectives_amendment.title", "objectives_amendment.unit", "objectives_amendment.reason",
    "objectives_amendment.steps", "objectives_closing.snapshot", "checkins_line.text", "checkins_draft.typed", "objectives_comment.text", "objectives_comment.mentions", "checkins_comment.text",
    "checkins_comment.mentions", "retros_learning.text", "retros_learning.text_key", "retros_ownretro.well", "retros_pick.moment", "activity_delivery.address", "activity_delivery.sealed",
    "account_emailaddress.email", "django_session.session_data",
}  # fmt: skip


@pytest.mark.usefixtures("cache_table")
def test_nothing_tells_of_them_in_any_table_any_column_the_cache_or_the_log(log):
    """PRIV-05: name, mail, username and private words, by every road; found before, and nowhere after."""
    with time_machine.travel(NOW, tick=False):
        someone = live(NOW)
        assert traces() == EVERYWHERE
        words = words_of(tables())
        assert min(words.values()) > 10
        leave(someone)
    with time_machine.travel(LATER, tick=False):
        assert erasing.erase_due(now=LATER - timedelta(seconds=1)) == 0
        assert "people_user.name" in traces()
        assert [erasing.erase_due(now=LATER), erasing.erase_due(now=LATER)] == [1, 0]
    assert traces() == set()
    assert words_of(tables()) == words
    assert life.TRACES.findall(log()) == []
    assert "Signed in" in log()


WHOLES = {  # and a part that was deleted goes by itself
    "objectives.Amendment": ("objectives.KeyResult", "key_result_id"),
    "objectives.Step": ("objectives.KeyResult", "key_result_id"),
    "objectives.Bet": ("objectives.KeyResult", "key_result_id"),
    "objectives.Grade": ("objectives.KeyResult", "key_result_id"),
    "objectives.EarlierGrade": ("objectives.KeyResult", "key_result_id"),
    "objectives.Review": ("objectives.Objective", "objective_id"),
    "objectives.Confidence": ("objectives.KeyResult", "key_result_id"),
    "objectives.Value": ("objectives.KeyResult", "key_result_id"),
    "objectives.CarryOver": ("objectives.Objective", "objective_id"),
    "objectives.Comment": ("objectives.Objective", "objective_id"),
    "objectives.Suggestion": ("objectives.Objective", "objective_id"),
    "objectives.SuggestedObjective": ("objectives.Objective", "objective_id"),
    "checkins.Comment": ("checkins.CheckIn", "check_in_id"),
}


def goes(before: Tables, label: str, pk: int) -> bool:
    """Whether nobody but they, or they and their manager, could read that row of theirs; said once more, by hand."""
    row = before[label][pk]
    if label == "objectives.Objective":
        is_private = row["audience"] in {"ONLY_ME", "MANAGER"} or row["state"] == "DRAFT" or row["deleted_at"]
        return row["kind"] != "TEAM" and bool(is_private)
    if label == "objectives.KeyResult":
        whole = before["objectives.Objective"][row["objective_id"]]
        is_deleted = row["deleted_at"] and whole["kind"] != "TEAM"
        return bool(is_deleted) or goes(before, "objectives.Objective", row["objective_id"])
    if label in WHOLES:
        whole, way = WHOLES[label]
        is_left = row.get("state") in {"OPEN", "DECLINED", "WITHDRAWN"}
        is_between_two = label in {"objectives.Suggestion", "objectives.SuggestedObjective"} and is_left
        return bool(row.get("deleted_at")) or is_between_two or goes(before, whole, row[way])
    if label == "checkins.CheckIn":
        return row["done_at"] is None
    if label == "checkins.Line":
        about = row["objective_id"]
        is_about = about is not None and goes(before, "objectives.Objective", about)
        return is_about or goes(before, "checkins.CheckIn", row["check_in_id"])
    assert label == "activity.Event"
    return (
        row["subject_id"] in before.get(row["subject_type"], {})
        and row["subject_type"] in PRIVATE
        and goes(before, row["subject_type"], row["subject_id"])
    )


PRIVATE = {
    *("objectives.Bet", "objectives.Objective", "objectives.KeyResult", "objectives.Comment", "objectives.Suggestion"),
    *("checkins.CheckIn", "checkins.Comment", "objectives.SuggestedObjective"),
}


def owned(label: str, person: User) -> set[Any]:
    """The keys of what is theirs, by the way that the table names."""
    kept, rows = KEEPING[label], apps.get_model(label)._base_manager
    if label == "sessions.Session":
        return set(
            rows.filter(pk__in=UserSession.objects.filter(user=person.pk).values("session_key")).values_list(
                "pk", flat=True
            )
        )
    theirs = Q(**{kept.of.replace(".", "__"): person.pk}) if kept.of else Q(pk=None)
    if kept.address:
        theirs |= Q(**{kept.address: EMAIL})
    return set(rows.filter(theirs).values_list("pk", flat=True))


def expected(before: Tables, label: str, mine: set[Any]) -> dict[Any, dict[str, Any]]:
    """The rows of a table afterwards, as it is said of it; what is emptied is left out here."""
    erase = KEEPING[label].erase
    gone = {
        pk
        for pk in mine
        if erase in {Erase.GOES, Erase.EMPTIED} or (erase is Erase.BY_AUDIENCE and goes(before, label, pk))
    }
    kept = {pk: dict(row) for pk, row in before[label].items() if pk not in gone}
    for row in kept.values() if label == "activity.Delivery" else ():
        if life.is_trace("sealed", row["sealed"]):
            row |= {"sealed": "", "state": "SENT" if row["state"] == "SENT" else "CANCELLED"}
    for row in kept.values() if label == "objectives.Closing" else ():
        row["snapshot"] = [one | {"is": None} if "PRIVATE" in str(one["is"]) else one for one in row["snapshot"]]
    return kept


def unnamed(rows):
    """The same without her name where a comment of somebody else mentions her."""
    words = "OTHERS: ask (a former member), or (a former member)!"
    return {pk: row | {"text": words, "mentions": []} if row.get("mentions") else row for pk, row in rows.items()}


def test_the_code_does_what_the_table_says(frozen):
    """PRIV-05, CON-04: of every model; what is theirs goes or stays as it is said, and of others' not a letter changes,
    but where they mention her."""
    zelda = live(frozen).zelda
    User.objects.filter(pk=zelda.pk).update(switched_off_at=frozen, erase_at=LATER)
    before, theirs = tables(), {label: owned(label, zelda) for label in KEEPING}
    assert erasing.erase_due(now=LATER) == 1
    after, new = tables(), Event.objects.get(verb="ERASED").pk
    for label, kept in KEEPING.items():
        mine = theirs[label]
        assert bool(mine) == (kept.erase is not Erase.NOBODYS), label
        emptied = owned(label, zelda) if kept.erase is Erase.EMPTIED else set()
        assert len(emptied) == (len(mine) if kept.erase is Erase.EMPTIED else 0)
        found = {pk: row for pk, row in after[label].items() if pk not in {*emptied, new}}
        assert found == unnamed(expected(before, label, mine)), label
        if kept.erase is Erase.BY_AUDIENCE:
            assert 0 < len([pk for pk in mine if goes(before, label, pk)]) < len(mine), label


GONE = {
    "people.Absence", "people.AccessLink", "people.ApiUse", "people.KeptAnswer", "people.Token", "objectives.CoOwner",
    "checkins.Attendance", "checkins.Draft", "checkins.RoomConfidence", "objectives.Idea", "objectives.RecordShare", "retros.OwnRetro",
    "retros.Pick", "retros.Ready", "retros.Learning",
    "activity.Delivery", "activity.Notice", "sessions.Session", "usersessions.UserSession", "account.EmailAddress",
    "account.EmailConfirmation",
}  # fmt: skip


def test_what_goes_wholly():
    """PRIV-05: said by hand once more, since the code follows its table; the rest is emptied, or by audience."""
    of = {label: kept.erase for label, kept in KEEPING.items()}
    assert {label for label, erase in of.items() if erase is Erase.GOES} == GONE
    assert {label for label, erase in of.items() if erase is Erase.STAYS} == {
        "people.ChatHook",
        "people.Membership",
        "objectives.Closing",
        "checkins.Cheer",
        "checkins.HealthMark",
        "checkins.Nudge",
        "checkins.Promise",
        "checkins.Outlook",
        "checkins.Seen",
        "checkins.Session",
        "checkins.Turn",
        "retros.Answer",
        "retros.Choice",
        "retros.Note",
        "retros.Retro",
        "retros.Vote",
    }
    assert {label for label, erase in of.items() if erase is Erase.EMPTIED} == {"people.User", "people.Handle"}


def test_what_stays_of_a_person(frozen):
    """PRIV-05: a former member, whom one cannot tell from another, who signs in nowhere and has no page."""
    someone = live(frozen)
    User.objects.filter(pk=someone.zelda.pk).update(switched_off_at=frozen, erase_at=LATER)
    erasing.erase_due(now=LATER)
    row = User.objects.get(pk=someone.zelda.pk)
    assert (row.name, row.email, row.username) == (
        "Former member",
        f"{row.pk}@erased.invalid",
        f"former-{row.pk}",
    )
    assert (row.has_usable_password(), row.is_active, row.manager, row.erased_at) == (False, False, None, LATER)
    reader = Client()
    reader.force_login(someone.jonas)
    assert reader.get(f"/people/{row.username}/").status_code == 404
    board = reader.get("/teams/rockets/").text
    assert "Former member" in board
    assert board.count("SHARED") > 3
    assert row.username not in board
    objective = Objective.objects.filter(owner=row, audience="EVERYONE").get()
    page = reader.get(objective.get_absolute_url())
    assert (page.status_code, "Former member" in page.text, 'href=""' in page.text) == (200, True, False)


def test_what_was_promised_about_what_goes_goes_too(frozen):
    """PRIV-05: with what happened to it; what helps what others read stays."""
    someone = live(frozen)
    hidden = someone.zelda.objectives.filter(audience="ONLY_ME", deleted_at=None)[0]
    for about in ({"objective": hidden}, {"key_result": hidden.key_results.all()[0]}):
        one = PromiseFactory(by=someone.rosa, to=someone.zelda, team=someone.team, text="PRIVATE promise", **about)
        told = {"subject_type": one._meta.label, "subject_id": one.pk, "team_id": someone.team.pk}
        Event.objects.create(at=one.at, by=someone.rosa, verb="PROMISED", **told)
    User.objects.filter(pk=someone.zelda.pk).update(switched_off_at=frozen, erase_at=LATER)
    assert erasing.erase_due(now=LATER) == 1
    assert sorted(Promise.objects.filter(kind="HELP").values_list("text", flat=True)) == ["OTHERS promise"] * 3 + [
        "SHARED promise"
    ]
    assert not Event.objects.filter(verb="PROMISED").exists()


def test_what_waits_for_them_goes_with_them(frozen):
    """PRIV-05: a whole objective that was suggested to them stood between two; what others suggest each other stays."""
    someone = live(frozen)
    for to in (someone.zelda, someone.rosa):
        one = SuggestedObjectiveFactory(by=someone.jonas, to=to, title=f"For {to.name}")
        about = {"subject_type": one._meta.label, "subject_id": one.pk}
        Event.objects.create(at=frozen, by=someone.jonas, verb="SUGGESTED", **about)
    User.objects.filter(pk=someone.zelda.pk).update(switched_off_at=frozen, erase_at=LATER)
    assert erasing.erase_due(now=LATER) == 1
    kept = SuggestedObjective.objects.filter(by=someone.jonas, state="OPEN")
    assert [*kept.values_list("title", flat=True)] == ["For Rosa"]
    told = Event.objects.filter(subject_type=SuggestedObjective._meta.label)
    assert {*told.values_list("subject_id", flat=True)} == {kept.get().pk}


def test_their_username_is_nobody_elses_and_their_address_may_come_again(frozen):
    """Decisions 31: the username stays kept, though nobody can read it."""
    zelda = live(frozen).zelda
    User.objects.filter(pk=zelda.pk).update(switched_off_at=frozen, erase_at=LATER)
    erasing.erase_due(now=LATER)
    assert not Handle.objects.filter(username__contains="zelda").exists()
    again = create_person(name=NAME, email=EMAIL, zone="UTC", now=LATER, password_hash="!")
    assert (again.username, again.pk == zelda.pk) == (f"{USERNAME}-2", False)


def test_nobody_in_a_team_means_nobody_reads_what_is_for_teams(frozen):
    """PRIV-05: then it goes, and what is for everyone stays."""
    zelda = live(frozen).zelda
    Membership.objects.filter(user=zelda).update(left_on=NOW.date())
    User.objects.filter(pk=zelda.pk).update(switched_off_at=frozen, erase_at=LATER)
    erasing.erase_due(now=LATER)
    assert {*Objective.objects.filter(owner=zelda).values_list("audience", flat=True)} == {"EVERYONE", "TEAM"}
    assert not zelda.check_ins.exists()


def test_broken_off_in_the_middle_it_is_as_if_it_had_not_begun(frozen, monkeypatch):
    """PRIV-05: the next tick begins anew."""
    zelda = live(frozen).zelda
    User.objects.filter(pk=zelda.pk).update(switched_off_at=frozen, erase_at=LATER)
    before = tables()

    def broken(*args, **kwargs):
        raise RuntimeError("Broken off.")

    with monkeypatch.context() as patch:
        patch.setattr(erasing.people, "empty", broken)
        with pytest.raises(RuntimeError):
            erasing.erase_due(now=LATER)
    assert tables() == before
    assert erasing.erase_due(now=LATER) == 1
    assert traces() == set()


def test_called_off_meanwhile_nobody_is_erased(frozen):
    zelda = live(frozen).zelda
    User.objects.filter(pk=zelda.pk).update(switched_off_at=frozen, erase_at=LATER)
    zelda.refresh_from_db()
    User.objects.filter(pk=zelda.pk).update(erase_at=None)
    with transaction.atomic():
        assert people_erasing.claim(zelda, now=LATER) is False
    assert erasing.erase_due(now=LATER) == 0
