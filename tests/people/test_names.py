"""Names are sorted, found, kept apart and measured alike on both databases (DB-06); this file runs on both."""

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from activity.actions.events import record
from activity.models import Event
from core.models import MOST_IN_KEY
from core.text import sort_key
from people.actions.people import create_person
from people.models import Membership, Team, User
from tests.factories import MembershipFactory, TeamFactory, UserFactory
from tests.factories.accounts import SOME_DAY

pytestmark = pytest.mark.django_db
IN_ORDER = [
    *('"Q" Quinn', "'t Hooft", "50% Club", "_under", "a b", "a-b", "Äbel", "ABLE", "ángel"),
    *("Ann Lee", "ann-lee", "Anna", "ANNE", "ilk", "İlke", "Łukasz", "Lulu", "Ｍａｘ", "Øla", "olaf"),
    *("ßeta", "Stig", "Zoë", "ωmega", "Ежи", "Ёлка", "Жук", "ספיר", "李", "강", "😀 Smile"),
]


def test_people_and_teams_stand_in_one_order_everywhere():
    """DB-06."""
    home = TeamFactory(name="Home")
    for number, name in enumerate(reversed(IN_ORDER)):
        person = UserFactory(name=name, username=f"person-{number}")
        MembershipFactory(user=person, team=home)
        TeamFactory(name=name, slug=f"team-{number}")
    assert [row.name for row in User.objects.by_name()] == IN_ORDER
    assert [row.name for row in Team.objects.exclude(pk=home.pk).in_order()] == IN_ORDER
    assert [row.user.name for row in Membership.objects.filter(team=home).by_name()] == IN_ORDER


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("ÄBEL", "Äbel"),
        ("abel", "Äbel"),
        ("a\u0308bel", "Äbel"),
        ("ZOE", "Zoë"),
        ("Ω", "ωmega"),
        ("лка ё", "Ёлка"),
        ("SSETA", "ßeta"),
        ("max", "Ｍａｘ"),
        ("lukasz", "Łukasz"),
        ("ILKE", "İlke"),
        ("李", "李"),
        ("%", "50% Club"),
        ("😀", "😀 Smile"),
    ],
)
def test_who_is_found(words, name):
    """DB-06."""
    for number, one in enumerate(IN_ORDER):
        UserFactory(name=one, username=f"person-{number}")
    assert [user.name for user in User.objects.named(words)] == [name]
    if " " not in words and len(words) > 1:
        assert [user.name for user in User.objects.called(words)] == [name]


@pytest.mark.parametrize("words", ["´", "\u0301", "zoe ´"])
def test_a_word_of_accents_alone_is_in_nobodys_name(words):
    """DB-06, IN-12."""
    UserFactory(name="Zoë")
    assert [*User.objects.named(words)] == []


def test_a_new_name_brings_its_key():
    """DB-06: by every road on which a name is written."""
    person, team = UserFactory(name="Ärla"), TeamFactory(name="Öst")
    assert (person.name_key, team.name_key) == ("arla", "ost")
    User.objects.filter(pk=person.pk).update(name="Éva")
    Team.objects.filter(pk=team.pk).update(name="Väst", version=2)
    assert [(row.name, row.name_key) for row in (User.objects.get(), Team.objects.get())] == [
        ("Éva", "eva"),
        ("Väst", "vast"),
    ]
    person.name = "Ñandú"
    person.save()
    User.objects.bulk_create([User(name="Çelik", email="c@x.example", username="celik", joined_at=SOME_DAY)])
    assert sorted(User.objects.values_list("name_key", flat=True)) == ["celik", "nandu"]


@pytest.mark.parametrize(("first", "second"), [("ÄNNE@x.example", "änne@x.example"), ("ﬁn@x.example", "FIN@x.example")])
def test_an_address_is_one_whatever_its_capitals(first, second):
    """DB-06."""
    kept = create_person(name="Änne", email=first, zone="UTC", password_hash="", now=SOME_DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        create_person(name="Änne", email=second, zone="UTC", password_hash="", now=SOME_DAY)
    assert [*User.objects.values_list("pk", "email")] == [(kept.pk, second.casefold())]


@pytest.mark.parametrize("letter", ["a", "é", "李", "😀", "ﷺ"])
def test_length_is_counted_in_characters(letter):
    """DB-06: 80 of any letter fit; what sorting makes of them is cut, not refused."""
    person = UserFactory(name=letter * 80, username="long")
    kept = User.objects.get(pk=person.pk)
    assert (kept.name, kept.name_key) == (letter * 80, sort_key(letter * 80)[:MOST_IN_KEY])
    assert [*User.objects.named(letter)] == [kept]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite leaves lengths to the forms")
def test_a_name_too_long_for_its_form_is_too_long_for_the_database():
    with pytest.raises(DataError), transaction.atomic():
        UserFactory(name="é" * 81, username="long")


@pytest.mark.parametrize("words", ["Ä", "😀", '"', "\\", "\u2028", "\\u0000", "1.10", "{}"])
def test_what_is_kept_as_json_comes_back_and_is_found(words):
    """DB-06."""
    person = UserFactory(name="Ann")
    for data in ({"owner": "another"}, {"owner": words, "deep": [words, 1.5, None, True]}):
        record("JOINED", person, by_pk=person.pk, now=SOME_DAY, data=data)
    assert [row.data for row in Event.objects.filter(data__owner=words)] == [
        {"owner": words, "deep": [words, 1.5, None, True]}
    ]
