"""What people say of their weeks, and what is given back to them."""

from checkins.models.check_in import CheckIn, Line
from checkins.models.cheer import Cheer

__all__ = ["CheckIn", "Cheer", "Line"]
