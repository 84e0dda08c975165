"""Bigger sample organisations: plausible, the same each time, and rows that the product would have made."""

from collections import Counter
from datetime import UTC, datetime

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Max, Min, Q

from activity.models import Event
from checkins.models import CheckIn, Cheer, Line
from core.text import clean_line, clean_text
from objectives.models import Confidence, KeyResult, Objective, Quarter, Value
from okrsite.demo.load import AlreadyInUse
from okrsite.demo.world.growth import GROWTH, RECOVERY
from okrsite.demo.world.load import load_world
from okrsite.demo.world.roster import LEAD, roster_of
from okrsite.demo.world.rows import Rows
from okrsite.demo.world.together import TOGETHER
from people.demo import guests
from people.models import Membership, Organisation, Team, User
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
SIZES = (10, 100, 1_000, 10_000)


@pytest.mark.parametrize("people", SIZES)
def test_everybody_has_a_name_a_team_and_but_one_a_manager(people):
    roster = roster_of(people)
    assert [human.number for human in roster.humans] == list(range(people))
    assert len({human.name for human in roster.humans}) == people
    assert len({unit.name for unit in roster.units}) == len(roster.units)
    assert [human.name for human in roster.humans if human.manager is None] == [roster.humans[-1].name]
    for human in roster.humans:
        assert human.number in dict(roster.units[human.home].places)


@pytest.mark.parametrize("people", SIZES)
def test_the_chain_of_managers_ends_at_the_top(people):
    humans = roster_of(people).humans
    above = {human.number: human.manager for human in humans}
    for number in above:
        steps = 0
        while (manager := above[number]) is not None:
            number, steps = manager, steps + 1
            assert steps < 8
        assert number == people - 1


@pytest.mark.parametrize("people", SIZES[1:])
def test_teams_are_of_a_size_that_meets_and_part_of_something(people):
    roster = roster_of(people)
    teams = [unit for unit in roster.units if unit.kind == Team.Kind.TEAM]
    (organisation,) = (unit for unit in roster.units if unit.kind == Team.Kind.ORGANISATION)
    assert [unit.name for unit in roster.units if unit.places[0][1] != LEAD] == []
    assert 2 <= min(len(unit.places) for unit in teams) <= max(len(unit.places) for unit in teams) <= 17
    parents = [roster.units[unit.parent] for unit in teams if unit.parent is not None]
    assert len(parents) == len(teams)
    assert {one.kind for one in parents} <= {Team.Kind.TEAM, Team.Kind.ORGANISATION}
    assert organisation.parent is None


def test_the_first_team_is_the_same_in_every_size():
    """What they see can be compared: numbers, people, places, circles."""
    small, big = roster_of(100), roster_of(10_000)
    assert small.units[0].places == big.units[0].places
    assert [(one.name, one.terms, one.habit) for one in small.humans[:8]] == [
        (one.name, one.terms, one.habit) for one in big.humans[:8]
    ]
    for roster in (small, big):
        assert sum(1 in dict(unit.places) for unit in roster.units) == 1


@pytest.mark.parametrize("people", SIZES[:2])
def test_three_years_that_the_product_would_have_made(people):
    """Choices, lengths, texts in their clean form; nothing before it was possible, and nothing in the future."""
    load_world(people=people, now=FRIDAY)
    assert User.objects.count() == people
    for model in apps.get_models():
        if model._meta.app_label in {"people", "objectives", "checkins"}:
            for row in model.objects.order_by("pk")[:300]:
                row.full_clean(exclude=["data"], validate_unique=False, validate_constraints=False)
    quarters = Quarter.objects.filter(objectives__state__in=["CLOSED", "ACTIVE"]).distinct().in_order()
    assert len(quarters) == 13
    assert (quarters[12].first_on - quarters[0].first_on).days in range(1095, 1098)
    assert not Objective.objects.filter(created_at__lt=F("owner__joined_at")).exists()
    assert not Objective.objects.filter(state_at__lt=F("created_at")).exists()
    assert not Membership.objects.filter(joined_on__lt=F("user__joined_at__date")).exists()
    late = {model.__name__: model.objects.aggregate(at=Max(name))["at"] for model, name in MOMENTS.items()}
    assert {name for name, at in late.items() if at > FRIDAY} == set()
    assert not Confidence.objects.filter(week_on__gte=F("key_result__objective__quarter__ends_on")).exists()
    assert not Confidence.objects.exclude(by=F("key_result__owner")).exists()


MOMENTS = {
    User: "joined_at",
    Objective: "state_at",
    Confidence: "at",
    Value: "at",
    CheckIn: "done_at",
    Cheer: "at",
    Event: "at",
}


def test_all_kinds_of_things_are_there():
    load_world(people=100, now=FRIDAY)
    kinds = Counter(KeyResult.objects.values_list("kind", flat=True))
    assert set(kinds) == {"NUMBER", "PERCENT", "CURRENCY", "YES_NO", "COUNT", "RATIO", "LADDER"}
    assert set(Value.objects.exclude(due=None).values_list("key_result__kind", flat=True)) == {"RATIO"}
    assert set(Value.objects.exclude(reached=None).values_list("key_result__kind", flat=True)) == {"LADDER"}
    states = set(Objective.objects.values_list("state", flat=True))
    assert states == {"DRAFT", "ACTIVE", "CLOSED", "DROPPED"}
    assert set(Objective.objects.values_list("kind", flat=True)) == {"TEAM", "GROWTH", "RECOVERY"}
    assert set(Line.objects.values_list("kind", "outcome")) == {
        ("DID", ""),
        ("LEARNED", ""),
        ("PLAN", ""),
        ("PLAN", "DONE"),
        ("PLAN", "DROPPED"),
    }
    assert Cheer.objects.exists()
    assert not Cheer.objects.filter(by=F("check_in__person")).exists()
    levels = Confidence.objects.aggregate(low=Min("level"), high=Max("level"), firm=Count("pk", Q(level__range=(3, 8))))
    assert levels["low"] < 3 < 8 < levels["high"]
    assert levels["firm"] > Confidence.objects.count() * 0.7


def told() -> list[list[tuple[object, ...]]]:
    """Every row but hashes of passwords; the database is empty again afterwards."""
    with transaction.atomic():
        load_world(people=10, now=FRIDAY)
        rows = [
            list(model.objects.order_by("pk").values_list(*_columns(model)))
            for model in (User, Team, Membership, Objective, KeyResult, Confidence, Value, CheckIn, Line, Cheer, Event)
        ]
        transaction.set_rollback(True)
    return rows


def _columns(model: type) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.attname not in {"password", "quarter_id"}]


def test_the_same_moment_gives_the_same_rows():
    """Their ids too; those of the quarters ahead are made as everywhere."""
    assert told() == told()


@pytest.mark.parametrize("aim", [*GROWTH, *RECOVERY, *TOGETHER], ids=lambda aim: aim.title)
def test_what_is_written_here_could_have_been_typed(aim):
    for thing in aim.things:
        title = aim.title.format(thing)
        assert (clean_line(title, most=200), clean_text(aim.why, most=2000)) == (title, aim.why)
    for sketch in aim.sketches:
        assert clean_line(sketch.title, most=200) == sketch.title
    assert 2 <= len(aim.sketches) <= 3


def test_the_pages_of_its_people_are_there(client_of):
    load_world(people=10, now=FRIDAY)
    with time_machine.travel(FRIDAY, tick=False):
        for person in User.objects.all():
            client = client_of(person)
            for path in ("/", "/check-in/?edit=1", "/teams/booking/", "/objectives/"):
                assert client.get(path).status_code == 200


def test_those_to_look_around_as_are_few_and_of_each_sort():
    load_world(people=100, now=FRIDAY)
    found = guests()
    assert len(found) == 20
    words = " ".join(guest.does for guest in found)
    assert [one for one in ("leads", "in", "manager", "site admin") if one not in words] == []


def test_the_command_fills_an_empty_place_once(capsys):
    call_command("demo", people=10)
    said = capsys.readouterr().out
    assert said.startswith("Tidewater is ready.")
    assert "site admin" in said
    before = User.objects.count(), Event.objects.count()
    call_command("demo", people=100)
    assert capsys.readouterr().out == "The sample organisation is here already.\n"
    assert (User.objects.count(), Event.objects.count()) == before


def test_it_refuses_a_database_that_is_somebody_elses():
    OrganisationFactory()
    with pytest.raises(CommandError, match="needs an empty one"):
        call_command("demo", people=10)
    with pytest.raises(AlreadyInUse):
        load_world(people=10, now=FRIDAY)
    assert (User.objects.count(), Organisation.objects.get().is_demo) == (0, False)


def test_other_sizes_are_refused():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("demo", "--people", "12")


def test_rows_are_written_when_there_are_many_of_them(monkeypatch):
    monkeypatch.setattr("okrsite.demo.world.rows.TOGETHER", 2)
    rows = Rows("seed")
    teams = [Team(id=rows.new_id(), name=f"T{one}", slug=f"t{one}", created_at=FRIDAY) for one in range(3)]
    for number, team in enumerate(teams):
        rows.add(team)
        assert Team.objects.count() == (0, 2, 2)[number]
    rows.flush()
    assert [team.name_key for team in Team.objects.order_by("slug")] == ["t0", "t1", "t2"]
