"""What the forms of objectives understand, and the sentence when they do not."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from objectives.actions.measures import Measure
from objectives.forms import (
    CoOwnersForm,
    KeyResultForm,
    ObjectiveForm,
    key_results_to_write,
    key_results_with_one_more,
    key_results_written,
    measure_as_typed,
    wording_as_typed,
)
from objectives.models import KeyResult
from people.models import Organisation
from people.viewer import viewer_of
from tests.factories import KeyResultFactory, MembershipFactory, TeamFactory, UserFactory
from tests.objectives.crew import read
from tests.objectives.nasty import IDS, LEVELS, NO_TEXT, NOT_TEXT, NUMBERS, PLAIN

TODAY = date(2026, 11, 19)


def typed(**fields) -> dict[str, str]:
    """A key result as it is typed."""
    return {
        "title": "Essays",
        "kind": "NUMBER",
        "baseline": "0",
        "target": "6",
        "unit": "",
        "opening_confidence": "5",
        **fields,
    }


def problems(form) -> dict[str, list[str]]:
    return {name: [str(text) for text in texts] for name, texts in form.errors.items()}


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_as_people_type_them(text):
    """IN-04, IN-02: one parser; what it refuses stands beside its field."""
    expected = NUMBERS[text]
    form = KeyResultForm(typed(target=text, baseline="7"))
    if isinstance(expected, str):
        assert problems(form) == {"target": [expected]}
    else:
        assert problems(form) == {}
        assert (form.measure().target, str(form.measure().target)) == (expected, str(expected))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"baseline": ""}, (None, 6, "")),  # P23: measure first
        ({"kind": "COUNT", "baseline": "", "unit": "essays"}, (0, 6, "essays")),
        ({"kind": "PERCENT", "baseline": "20%", "target": "60 %", "unit": "pages"}, (20, 60, "%")),
        ({"kind": "CURRENCY", "target": "€ 1 200", "unit": "€"}, (0, 1200, "€")),
        ({"kind": "YES_NO", "baseline": "x", "target": "y", "unit": "z"}, (0, 1, "")),
        ({"baseline": "41 min", "target": "20", "unit": "min"}, (41, 20, "min")),
    ],
)
def test_each_kind_has_its_baseline_target_and_unit(fields, expected):
    form = KeyResultForm(typed(**fields))
    assert problems(form) == {}
    assert (form.measure().baseline, form.measure().target, form.measure().unit) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"baseline": "20%", "target": "50 %"}, ("PERCENT", 20, 50, "%")),
        ({"baseline": "20", "target": "50%"}, ("PERCENT", 20, 50, "%")),
        ({"baseline": "€ 1,200.50", "target": "10k"}, ("CURRENCY", Decimal("1200.5"), 10_000, "€")),
        ({"kind": "COUNT", "target": "$5"}, ("COUNT", 0, 5, "$")),
        ({"kind": "CURRENCY", "target": "5 £"}, ("CURRENCY", 0, 5, "£")),
        ({"unit": "k€", "target": "5"}, ("NUMBER", 0, 5, "k€")),
    ],
)
def test_a_sign_typed_with_a_number_is_its_unit(fields, expected):
    form = KeyResultForm(typed(**fields))
    assert problems(form) == {}
    measure = form.measure()
    assert (measure.kind, measure.baseline, measure.target, measure.unit) == expected


def test_from_and_to_have_one_unit():
    assert list(problems(KeyResultForm(typed(baseline="€ 20", target="50%")))) == ["baseline"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": " "}, {"title": ["Say what you will look at to know."]}),
        ({"title": "\u200b"}, {"title": ["A name needs at least one letter that can be seen."]}),
        ({"title": "x" * 201}, {"title": ["That is 201 characters; 200 fit."]}),
        ({"target": ""}, {"target": ["Give the target a number, so that at the end you can tell."]}),
        ({"target": "0"}, {"target": ["From and to are the same. What should change?"]}),
        ({"target": "-0"}, {"target": ["From and to are the same. What should change?"]}),
        (
            {"kind": "COUNT", "baseline": "", "target": "0"},
            {"target": ["From and to are the same. What should change?"]},
        ),
        ({"unit": "u" * 21}, {"unit": ["That is 21 characters; 20 fit."]}),
        ({"kind": "YES_NO", "title": ""}, {"title": ["Say what you will look at to know."]}),
        ({"kind": "SONG"}, {"kind": ["Select a valid choice. SONG is not one of the available choices."]}),
    ],
)
def test_what_is_missing_is_said_beside_its_field(fields, expected):
    assert problems(KeyResultForm(typed(**fields))) == expected


@pytest.mark.parametrize("level", LEVELS)
def test_a_confidence_is_a_whole_number_from_0_to_10(level):
    """IN-01."""
    assert list(problems(KeyResultForm(typed(opening_confidence=level)))) == ["opening_confidence"]


@pytest.mark.parametrize("text", NO_TEXT)
@pytest.mark.parametrize("name", ["title", "baseline", "target", "unit", "intention"])
def test_what_is_no_text_is_refused(name, text):
    """IN-07."""
    assert NOT_TEXT in problems(KeyResultForm(typed(**{name: text})))[name]


@pytest.mark.parametrize("text", PLAIN)
def test_odd_words_stay_as_they_are(text):
    """IN-10, IN-12."""
    form = KeyResultForm(typed(title=text, intention=text))
    assert form.is_valid()
    assert (form.measure().title, form.measure().intention) == (text, text)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=4),
    st.one_of(st.none(), st.decimals(min_value=-(10**9), max_value=10**9, places=4)),
    st.sampled_from(["", "min", "%", "€", "essays", "k€"]),
)
def test_what_was_kept_can_be_typed_again(target, baseline, unit):
    """An edit that changes nothing changes nothing, in whatever unit."""
    kept = Measure(title="Essays", kind="NUMBER", target=target, baseline=baseline, unit=unit)
    form = KeyResultForm({**measure_as_typed(kept), "opening_confidence": "5"})
    if target == baseline:
        assert not form.is_valid()
    else:
        assert problems(form) == {}
        assert form.measure() == kept


def test_three_slots_and_a_fourth_when_asked():
    """P17."""
    rows = key_results_to_write()
    assert [row["title"].html_name for row in rows] == ["kr-0-title", "kr-1-title", "kr-2-title"]
    data = QueryDict("kr-0-title=One&kr-0-kind=COUNT&kr-2-title=Three&kr-0-target=abc")
    longer = key_results_with_one_more(data)
    assert [row["title"].value() for row in longer] == ["One", "", "Three", None]
    assert longer[0]["kind"].value() == "COUNT"
    assert [row.says_more for row in longer] == [True, False, False, False]
    assert not any(row.errors for row in longer)


@pytest.mark.parametrize(
    ("sent", "rows"),
    [
        ("", 3),
        ("kr-TOTAL_FORMS=9999&kr-INITIAL_FORMS=-7", 3),
        ("kr-TOTAL_FORMS=abc&kr-4-title=Five", 5),
        ("kr-0-title=One", 1),
        ("kr-999-title=Far", 21),
        ("kr-9999-title=Too+far&kr-٣-title=Odd&kr--1-title=Odd", 3),
    ],
)
def test_the_rows_that_came_in_are_counted_by_ourselves(sent, rows):
    """A missing or a forged management form changes nothing."""
    assert len(key_results_written(QueryDict(sent)).forms) == rows


def test_blank_rows_are_no_key_results():
    rows = key_results_written(
        QueryDict("kr-0-title=&kr-0-kind=COUNT&kr-0-opening_confidence=7&kr-1-title=&kr-1-unit=%25")
    )
    assert rows.is_valid()
    assert [row.has_changed() for row in rows] == [False, False]


def test_more_than_an_objective_takes_is_said():
    rows = key_results_written(QueryDict("kr-20-title=One+too+many"))
    assert not rows.is_valid()
    assert list(rows.non_form_errors()) == ["An objective takes up to 20 key results."]


def objective_form(crew, person=None, data=None, **more):
    place = Organisation.objects.get()
    return ObjectiveForm(data, viewer=viewer_of(person or crew.mira), organisation=place, today=TODAY, **more)


def written(crew, **fields):
    return {"title": "Write well", "kind": "GROWTH", "quarter": str(crew.quarter.pk), "audience": "MY_TEAMS", **fields}


@pytest.mark.django_db
def test_the_words_of_an_objective(crew):
    home = str(crew.team.pk)
    form = objective_form(crew, data=written(crew, why=" Because\r\n\r\nof it ", hours="1,5", money="1.5k", home=home))
    assert problems(form) == {}
    assert form.wording() == crew.wording(
        why="Because\n\nof it", hours=Decimal("1.5"), money=Decimal(1500), team_id=crew.team.pk
    )
    assert form.owner_pk() is None
    bare = objective_form(crew, data=written(crew))
    assert (bare.is_valid(), bare.wording()) == (True, crew.wording())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": ""}, {"title": ["Say in a sentence what you want to be true."]}),
        ({"why": "w" * 2001}, {"why": ["That is 2001 characters; 2000 fit."]}),
        ({"hours": "169"}, {"hours": ["A number from 0 to 168 fits here."]}),
        ({"hours": "1.25"}, {"hours": ["At most 1 digit after the point fits here."]}),
        ({"money": "-1"}, {"money": ["A number from 0 to 9999999999 fits here."]}),
        ({"money": "1" + "0" * 400}, {"money": ["That is too long for a number."]}),
        ({"audience": "TEAM"}, {"audience": ["Select a valid choice. TEAM is not one of the available choices."]}),
        ({"kind": "TEAM"}, {"kind": ["Select a valid choice. TEAM is not one of the available choices."]}),
    ],
)
def test_what_does_not_fit_an_objective(crew, fields, expected):
    assert problems(objective_form(crew, data=written(crew, **fields))) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("text", NO_TEXT)
def test_an_objective_is_text(crew, text):
    """IN-07."""
    words = dict.fromkeys(
        ("title", "why", "first_step", "hours", "money", "home", "quarter", "audience", "version"), text
    )
    form = objective_form(crew, data=written(crew, **words))
    assert sorted(problems(form)) == sorted(words)


@pytest.mark.django_db
@pytest.mark.parametrize("pk", [pk for pk in IDS if pk])
def test_ids_of_nothing_are_no_choice(crew, pk):
    form = objective_form(crew, data=written(crew, quarter=pk, home=pk, client_key=pk, version=pk))
    assert {"quarter", "home", "client_key"} <= set(problems(form))


@pytest.mark.django_db
def test_other_peoples_teams_and_past_quarters_are_no_choice(crew):
    other = TeamFactory()
    form = objective_form(crew, data=written(crew, quarter=str(crew.before.pk), home=str(other.pk)))
    assert sorted(problems(form)) == ["home", "quarter"]


@pytest.mark.django_db
def test_who_can_read_it_is_said_before_saving(crew):
    """PRIV-11: names and numbers; who was switched off reads nothing."""
    gone = UserFactory(name="Gone", switched_off_at=crew.mira.joined_at)
    MembershipFactory(team=crew.team, user=gone)

    def offered(form):
        return [words for _value, words in form.fields["audience"].choices]

    assert offered(objective_form(crew)) == [
        "Only me",
        "Me and Elif",
        "My teams: Accelerator (3), and Elif",
        "Everyone in Northlight (4)",
    ]
    assert offered(objective_form(crew, team=crew.team)) == [
        "The team: Accelerator (3), and its owner’s manager",
        "Everyone in Northlight (4)",
    ]
    assert offered(objective_form(crew, team=TeamFactory(kind="ORGANISATION"))) == ["Everyone in Northlight (4)"]
    assert offered(objective_form(crew, crew.nora))[1:3] == [
        "Me and my manager; none is set yet",
        "My teams; there is none yet",
    ]


@pytest.mark.django_db
def test_a_lead_says_who_answers_for_it(crew):
    assert "owner" not in objective_form(crew, team=crew.team).fields
    form = objective_form(crew, crew.elif_, team=crew.team)
    assert [name for _pk, name in form.fields["owner"].choices] == ["Elif", "Jonas", "Mira"]
    data = written(crew, audience="TEAM", owner=str(crew.jonas.pk))
    form = objective_form(crew, crew.elif_, team=crew.team, data=data)
    assert (form.is_valid(), form.owner_pk(), form.wording().team_id) == (True, crew.jonas.pk, crew.team.pk)


@pytest.mark.django_db
def test_an_edit_offers_what_it_has(crew):
    """A past quarter and a team that was left stay possible where they are."""
    old = TeamFactory(name="Old")
    row = read(crew.objective(quarter=crew.before, team=old, hours=Decimal("2.50"), money=Decimal(100)))
    form = objective_form(crew, objective=row, data=wording_as_typed(row))
    assert (problems(form), form.wording()) == (
        {},
        crew.wording(
            title=row.title, quarter_id=crew.before.pk, team_id=old.pk, hours=Decimal("2.5"), money=Decimal(100)
        ),
    )
    assert [name for _pk, name in form.fields["home"].choices] == [
        "none",
        "Accelerator",
        "Old, which you have left",
    ]
    old.closed_at = datetime(2026, 11, 18, tzinfo=UTC)
    old.save()
    offered = objective_form(crew, objective=read(row)).fields["home"].choices
    assert [name for _pk, name in offered] == ["none", "Accelerator", "Old, closed"]
    assert {"kind", "client_key", "owner"} & set(form.fields) == set()
    team = objective_form(crew, objective=read(crew.team_objective()), team=crew.team)
    assert {"kind", "home", "owner", "client_key"} & set(team.fields) == set()


@pytest.mark.django_db
def test_who_logs_it_is_the_owner_the_team_or_who_does_now(crew):
    row = KeyResultFactory(objective=crew.team_objective(), owner=crew.nora)
    found = KeyResult.objects.select_related("owner").get(pk=row.pk)
    form = KeyResultForm(viewer=viewer_of(crew.mira), objective=read(row.objective), logged_by=found.owner)
    assert [name for _pk, name in form.fields["owner"].choices] == ["Mira", "Elif", "Jonas", "Nora"]
    assert form.fields["owner"].initial == crew.nora.pk
    personal = KeyResultForm(viewer=viewer_of(crew.mira), objective=read(crew.objective()))
    assert "owner" not in personal.fields
    data = typed(owner=str(crew.jonas.pk))
    form = KeyResultForm(data, viewer=viewer_of(crew.mira), objective=read(row.objective))
    assert (form.is_valid(), form.owner_pk()) == (True, crew.jonas.pk)


@pytest.mark.django_db
def test_co_owners_are_picked_from_the_team(crew):
    row = read(crew.team_objective())

    def form(*people):
        return CoOwnersForm({"people": [str(pk) for pk in people]}, viewer=viewer_of(crew.mira), objective=row)

    twice = form(crew.jonas.pk, crew.elif_.pk, crew.jonas.pk)
    assert (twice.is_valid(), twice.cleaned_data["people"]) == (True, [crew.jonas, crew.elif_])
    assert form().is_valid()
    for pk in (crew.nora.pk, crew.mira.pk, *IDS):
        assert list(problems(form(pk))) == ["people"]
