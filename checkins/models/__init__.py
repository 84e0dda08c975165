"""What people say of their weeks, and what is given back to them."""

from checkins.models.check_in import CheckIn, Line
from checkins.models.cheer import Cheer
from checkins.models.comment import Comment, readers_of_week
from checkins.models.draft import Draft

__all__ = ["CheckIn", "Cheer", "Comment", "Draft", "Line", "readers_of_week"]
