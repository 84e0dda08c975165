"""Who is here."""

from people.models.access_link import AccessLink
from people.models.api_use import ApiUse
from people.models.chat import ChatHook, ChatPost
from people.models.kept_answer import KeptAnswer
from people.models.organisation import Organisation
from people.models.team import Membership, Team
from people.models.token import Token
from people.models.user import Absence, Handle, User

__all__ = [
    "Absence",
    "AccessLink",
    "ApiUse",
    "ChatHook",
    "ChatPost",
    "Handle",
    "KeptAnswer",
    "Membership",
    "Organisation",
    "Team",
    "Token",
    "User",
]
