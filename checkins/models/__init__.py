"""What people say of their weeks."""

from checkins.models.check_in import CheckIn, Line

__all__ = ["CheckIn", "Line"]
