"""Values that people and machines send by mistake or on purpose, and what a page says to them."""

from decimal import Decimal
from urllib.parse import urlencode

NUL = "\x00"
NOT_TEXT = "There is a character in it that is not text."
NO_TEXT = ["a\x00b", "\x1b[31m", "tail\x7f", "\x01"]  # IN-07; half a surrogate pair arrives as a question mark
PLAIN = [  # kept as they are: IN-08, IN-10, IN-12
    "<script>alert(1)</script>",
    "'; DROP TABLE objectives_objective; --",
    "100% _sure_ \\ of {{ it }}",
    "שלום, 👩‍🚀 Żółć",
    "=HYPERLINK(1)",
]
NUMBERS = {  # what was typed, in a key result without a unit: the number, or the sentence
    "12": Decimal(12),
    " 1,5 ": Decimal("1.5"),
    "1.5k": Decimal(1500),
    "1 200": Decimal(1200),
    "−3": Decimal(-3),
    "-0": Decimal(0),
    "٣": Decimal(3),
    "999999999999999": Decimal(999999999999999),
    "0.000001": Decimal("0.000001"),
    "1,200": "“1,200” could be 1200 or 1.2. Write the one you mean.",
    "abc": "“abc” is not a number. 20, 1,5 and 1.5k all work.",
    "1e5": "“1e5” is not a number. 20, 1,5 and 1.5k all work.",
    "NaN": "“NaN” is not a number. 20, 1,5 and 1.5k all work.",
    "Infinity": "“Infinity” is not a number. 20, 1,5 and 1.5k all work.",
    "9999999999999999": "That number has more than 15 digits. A larger unit helps.",
    "0.0000001": "That number has more than 6 digits after the point.",
    "1" + "0" * 400: "That is 401 characters; 60 fit.",
    "1\x002": NOT_TEXT,
}
LEVELS = ["11", "-1", "7.0", "07", "７", "t", "True", "1e1", "7\x00", "9" * 400]  # IN-01
IDS = ["", "0", "-1", "1", "abc", "1.0", "９", "9" * 400, "1 OR 1=1", "1\x00", str(2**63), str(2**64)]


def encoded(*pairs: tuple[str, str]) -> dict[str, str]:
    """A form's body with repeated names, as arguments of the test client's `post`."""
    return {"data": urlencode(pairs), "content_type": "application/x-www-form-urlencoded"}
