"""People, as everybody who is signed in may know them."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from core.api.fields import IdField
from people.api.access import AccessList, AccessObject
from people.models import Membership, User
from people.viewer import Viewer


class Place(serializers.Serializer[Any]):
    """A team that somebody is in today."""

    team_id = IdField()
    role = serializers.ChoiceField(choices=Membership.Role.values)


class Person(serializers.Serializer[Any]):
    """Somebody; `is_active` is false once they are switched off."""

    id = IdField(source="pk")
    username = serializers.CharField()
    name = serializers.CharField()
    is_active = serializers.BooleanField()
    teams = Place(source="memberships", many=True)


def people(viewer: Viewer) -> QuerySet[User]:
    """Those that `viewer` may know, with today's teams; one further query."""
    places = Membership.objects.visible_to(viewer).current().of_open_teams()
    return User.objects.visible_to(viewer).prefetch_related(Prefetch("memberships", places))


class PersonList(AccessList):
    """People, with the teams that they are in today."""

    called = "list_people"
    output = Person
    filters = {"username": serializers.CharField(max_length=40, help_text="as in the address of their page")}

    def rows(self) -> QuerySet[User]:
        """Everybody who was not erased."""
        return people(self.viewer)


class PersonObject(AccessObject):
    """Somebody, with the teams that they are in today."""

    called = "get_person"
    output = Person

    def rows(self) -> QuerySet[User]:
        """Everybody who was not erased."""
        return people(self.viewer)
