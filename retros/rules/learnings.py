"""What of a quarter's end can be shared to the library, and when."""

from core.translation import gettext_noop as _


def why_not_shareable(text: str) -> str:
    """Why a sentence cannot be shared now; "" when it can: also when its quarter is closed, for nothing is changed."""
    return "" if text else _("Nothing is written there to share.")
