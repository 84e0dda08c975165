"""Organisation, people, teams."""

from datetime import UTC, date, datetime, timedelta

import factory
from django.conf import settings
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from core.secrets import hash_secret, seal
from people.models import Absence, AccessLink, ChatHook, Handle, Membership, Organisation, Team, Token, User

PASSWORD = "a plain password"
SOME_DAY = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)  # a month before the world's quarter


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """The one organisation; asking twice gives the same."""

    class Meta:
        model = Organisation
        django_get_or_create = ("id",)

    id = 1
    name = "Northlight"
    zone = "UTC"
    fiscal_start_month = 1
    founded_at = SOME_DAY


class HandleFactory(DjangoModelFactory[Handle]):
    """A username that is somebody's for good."""

    class Meta:
        model = Handle


class UserFactory(DjangoModelFactory[User]):
    """A person who signs in with PASSWORD. Give a `name`; address and username follow from it.

    With a `manager`, the reporting line begins on 1 September unless `manager_since_on` says otherwise.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person {n}")
    username = factory.LazyAttribute(lambda user: user.name.casefold().replace(" ", "-"))
    email = factory.LazyAttribute(lambda user: f"{user.username}@northlight.example")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))
    zone = "UTC"
    joined_at = SOME_DAY
    manager_since_on = factory.LazyAttribute(lambda user: SOME_DAY.date() if getattr(user, "manager", None) else None)
    handle = factory.RelatedFactory(HandleFactory, "user", username=factory.SelfAttribute("user.username"))


class TeamFactory(DjangoModelFactory[Team]):
    """A team that celebrates on Fridays at 15:30 UTC. Its slug follows from its `name`."""

    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")
    slug = factory.LazyAttribute(lambda team: team.name.casefold().replace(" ", "-"))
    created_at = SOME_DAY


class MembershipFactory(DjangoModelFactory[Membership]):
    """Somebody's place in a team since 1 September."""

    class Meta:
        model = Membership

    team = factory.SubFactory(TeamFactory)
    user = factory.SubFactory(UserFactory)
    joined_on = SOME_DAY.date()


class AbsenceFactory(DjangoModelFactory[Absence]):
    """The week after the one in which the tests' world stands."""

    class Meta:
        model = Absence

    user = factory.SubFactory(UserFactory)
    first_on = date(2026, 11, 23)
    last_on = date(2026, 11, 29)


class AccessLinkFactory(DjangoModelFactory[AccessLink]):
    """An invitation of 16 November, good for fourteen days; say its `secret` to open it."""

    class Meta:
        model = AccessLink

    class Params:
        secret = factory.Sequence(lambda n: f"secret-{n}")

    kind = AccessLink.Kind.INVITATION
    secret_hash = factory.LazyAttribute(lambda link: hash_secret(link.secret))
    email = factory.Sequence(lambda n: f"guest-{n}@example.org")
    team = factory.SubFactory(TeamFactory)
    by = factory.SubFactory(UserFactory)
    created_at = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    expires_at = factory.LazyAttribute(lambda link: link.created_at + timedelta(days=14))


class RoomLinkFactory(AccessLinkFactory):
    """A room link of 16 November, good for 180 days; who makes it should look after the team."""

    kind = AccessLink.Kind.ROOM
    email = ""
    expires_at = factory.LazyAttribute(lambda link: link.created_at + timedelta(days=180))


class FeedFactory(AccessLinkFactory):
    """The address of somebody's calendar of 16 November, which nothing has read yet."""

    kind = AccessLink.Kind.FEED
    email = ""
    team = None
    expires_at = factory.LazyAttribute(lambda link: link.created_at + timedelta(days=180))


class ChatHookFactory(DjangoModelFactory[ChatHook]):
    """A team's chat of 16 November, at an address that nobody answers."""

    class Meta:
        model = ChatHook

    team = factory.SubFactory(TeamFactory)
    sealed = factory.LazyFunction(lambda: seal("https://chat.invalid/hooks/a-secret", key=settings.SECRET_KEY))
    host = "chat.invalid"
    by = factory.SubFactory(UserFactory)
    made_at = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


class TokenFactory(DjangoModelFactory[Token]):
    """A token of 16 November that reads, good for ninety days; say its `secret` to open something with it."""

    class Meta:
        model = Token

    class Params:
        secret = factory.Sequence(lambda n: f"okr_token-{n}")

    person = factory.SubFactory(UserFactory)
    name = "Night script"
    scope = Token.Scope.READ
    secret_hash = factory.LazyAttribute(lambda token: hash_secret(token.secret))
    created_at = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    expires_at = factory.LazyAttribute(lambda token: token.created_at + timedelta(days=90))
