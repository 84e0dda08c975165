"""Numbers as people type them: what is understood, what is refused, and that nothing is rounded.

Shows IN-01 (nothing is rounded in silence), IN-02 (no -0), IN-04 (15 digits), IN-07 (odd characters).
"""

import contextlib
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import NumberInvalid, check_size, parse_number, show_number, unit_in, whole_percent

THIN, SPACE, MINUS = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
UNITS = ["", "min", "h", "%", "€", "EUR", "chf", "$", "k", "K", "M", "m", "km", "k€", "M$", "€/month", "% of pages"]
UNITS += ["essays", "m²", "co2", "5k runs", "°C", "of 6", "-", ".", "'", "’", "K/min", "１", "Straße", "ﬁ", "ab  c"]

kept = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(-6, 0),
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        *[("0", "0"), ("7", "7"), ("007", "7"), ("50%", "50"), ("50 %", "50"), ("1,5", "1.5"), ("1.5", "1.5")],
        *[(".5", "0.5"), (",5", "0.5"), ("0.125", "0.125"), ("0,125", "0.125"), ("1.234", "1.234"), ("12.50", "12.5")],
        *[
            ("1.5k", "1500"),
            ("1,5 K", "1500"),
            ("2M", "2000000"),
            ("0.5 M", "500000"),
            ("0k", "0"),
            ("1 200k", "1200000"),
        ],
        # between thousands
        *[
            ("1 200", "1200"),
            ("12 345 678", "12345678"),
            ("1'200", "1200"),
            ("1’200.5", "1200.5"),
            ("1 200,50", "1200.5"),
        ],
        *[("1,200.50", "1200.5"), ("1.200,50", "1200.5"), ("1,200,000", "1200000"), ("1.200.000", "1200000")],
        *[("1,200,000.5", "1200000.5"), ("12,00,000", "1200000"), ("1,20,000.5", "120000.5"), ("1234,567", "1234.567")],
        *[
            ("1\u00a0200", "1200"),
            ("1\u2009200", "1200"),
            ("1\u202f200", "1200"),
            ("1\u3000200", "1200"),
            ("1\t200", "1200"),
        ],
        # signs
        *[
            ("-3", "-3"),
            ("−3", "-3"),
            ("–3", "-3"),
            ("- 3", "-3"),
            ("+3", "3"),
            ("－３", "-3"),
            ("﹣3", "-3"),
            ("-,5", "-0.5"),
        ],
        # currencies
        *[("€ 120", "120"), ("120 €", "120"), ("120€", "120"), ("€120.50", "120.5"), ("-€ 5", "-5"), ("€ -5", "-5")],
        *[("€ −1 200,50", "-1200.5"), ("$1.5k", "1500"), ("£ 2M", "2000000"), ("1.5k€", "1500"), ("￥１００", "100")],
        # other scripts, marks that nobody sees, and what stands around it
        *[("１２．５", "12.5"), ("５０％", "50"), ("٣٫٥", "3.5"), ("٥٠٪", "50"), ("१२", "12"), ("𝟙𝟚", "12")],
        *[("\u200e42\u200f", "42"), ("\ufeff42", "42"), ("4\u200b2", "42"), ("  42\n", "42"), ("4\u00ad2", "42")],
    ],
)
def test_parse_understands_what_people_type(typed, expected):
    assert str(parse_number(typed)) == expected


@pytest.mark.parametrize(
    ("typed", "unit", "expected"),
    [
        *[
            ("20 min", "min", "20"),
            ("20min", "min", "20"),
            ("20 MIN", "min", "20"),
            ("20", "min", "20"),
            ("min 20", "min", "20"),
        ],
        *[("1,5 h", "h", "1.5"), ("1.5k min", "min", "1500"), ("6 essays", "essays", "6"), ("20 m²", "m²", "20")],
        *[("41 °C", "°C", "41"), ("−3 °C", "°C", "-3"), ("7 ab c", "ab  c", "7"), ("5 e\u0301", "é", "5")],
        # a thousand, a million, or the unit
        *[
            ("5 m", "m", "5"),
            ("5M", "m", "5000000"),
            ("1.5km", "m", "1500"),
            ("1.5k", "km", "1500"),
            ("5 km", "km", "5"),
        ],
        *[
            ("5k", "k", "5"),
            ("5M", "M", "5"),
            ("5", "k", "5"),
            ("5 k€", "k€", "5"),
            ("5", "k€", "5"),
            ("5 m", "M", "5"),
        ],
        # currencies and parts of a hundred
        *[
            ("€ 120", "€", "120"),
            ("120 eur", "EUR", "120"),
            ("€ 120", "EUR", "120"),
            ("£5", "gbp", "5"),
            ("CHF 5", "chf", "5"),
        ],
        *[("€ 120", "€/month", "120"), ("120 €/month", "€/month", "120"), ("-$5", "USD", "-5"), ("₴ 5", "₴", "5")],
        *[
            ("50%", "%", "50"),
            ("50 % of pages", "% of pages", "50"),
            ("50%", "% of pages", "50"),
            ("50 pp", "pp", "50"),
        ],
        # units that look like numbers
        *[
            ("12 5k runs", "5k runs", "12"),
            ("12", "2", "12"),
            ("12 2", "2", "12"),
            ("-5", "-", "-5"),
            ("5 -", "-", "5"),
        ],
        *[("1.5", ".5", "1.5"), ("7 co2", "co2", "7"), ("co2 7", "co2", "7")],
    ],
)
def test_parse_takes_the_unit_off(typed, unit, expected):
    assert str(parse_number(typed, unit=unit)) == expected


@pytest.mark.parametrize(
    ("typed", "unit", "problem"),
    [
        ("", "", "Give it a number. 20, 1,5 and 1.5k all work."),
        (" \t\u3000", "min", "Give it a number. 20, 1,5 and 1.5k all work."),
        ("faster", "", "“faster” is not a number. 20, 1,5 and 1.5k all work."),
        ("faster", "min", f"“faster” is not a number. 20, 20{SPACE}min and 1,5 all work."),
        ("20 h", "min", f"“20 h” is not a number. 20, 20{SPACE}min and 1,5 all work."),
        ("$ 5", "€", f"“$ 5” is not a number. 20, €{SPACE}20 and 1,5 all work."),
        ("50%", "min", f"“50%” is not a number. 20, 20{SPACE}min and 1,5 all work."),
        ("1,200", "", "“1,200” could be 1200 or 1.2. Write the one you mean."),
        ("€ -1,000k", "", "“€ -1,000k” could be 1000k or 1k. Write the one you mean."),
        ("1 20", "", "“1 20” could be more than one number."),
        ("5k", "k€", "“5k” could be more than one number."),
        ("5k", "M", "“5k” could be more than one number."),
        ("€ 5", "k€", f"“€ 5” is not a number. 20, 20{SPACE}k€ and 1,5 all work."),
        ("co27", "co2", f"“co27” is not a number. 20, 20{SPACE}co2 and 1,5 all work."),
        ("9" * 16, "", "That number has more than 15 digits. A larger unit helps."),
        ("999999999999999k", "", "That number has more than 15 digits. A larger unit helps."),
        ("0.0000001", "", "That number has more than 6 digits after the point."),
        ("9" * 201, "", "That is too long for a number."),
        ("x" * 60, "", f"“{'x' * 40}…” is not a number. 20, 1,5 and 1.5k all work."),
        ("4\0\ud8002\n\u202e", "", "“4\ufffd\ufffd2 \ufffd” is not a number. 20, 1,5 and 1.5k all work."),
        ("%s %(typed)s", "%d", f"“%s %(typed)s” is not a number. 20, 20{SPACE}%d and 1,5 all work."),
    ],
)
def test_parse_says_what_is_wrong(typed, unit, problem):
    """IN-07: what cannot be shown is replaced, so that the sentence can be sent to a browser."""
    with pytest.raises(NumberInvalid) as caught:
        parse_number(typed, unit=unit)
    assert (str(caught.value), caught.value.text % caught.value.params) == (problem, problem)
    assert problem.encode()


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "NaN",
            "nan",
            "Infinity",
            "-inf",
            "sNaN",
            "1e5",
            "1E5",
            "0x10",
            "1_000",
            "1/2",
            "½",
            "10²",
            "①",
            "Ⅳ",
            "x",
            "%",
            "€",
        ),
        *(
            "1.5m",
            "20m",
            "5b",
            "5kk",
            "5kM",
            "k",
            "M",
            "--3",
            "-+3",
            "3-",
            "(3)",
            "+",
            "-",
            ".",
            ",",
            "5.",
            "5,",
            "1..2",
        ),
        *(
            "1,2,3",
            "1.2.3",
            "1,23,4",
            "1 200 30",
            "12 34",
            "0 200",
            "0,200,000",
            "1'200 300",
            "1 200.300.400",
            "1,200,50",
        ),
        *(
            "1.200.50",
            "1200,000,000",
            "1,200 300",
            "10–20",
            "3 of 6",
            "1:30",
            "1h30",
            "20 min",
            "€ 5 €",
            "€€5",
            "5 %%",
            "50% 3",
        ),
        *(
            "4\x002",
            "\ud8005",
            "5\ud83d",
            "4\x1b2",
            "<b>5</b>",
            "5; DROP TABLE",
            "=5",
            "@5",
            "5 __%",
            "５²",
            "٣٫",
            "一",
        ),
    ],
)
def test_parse_refuses_what_is_no_number(typed):
    """IN-04, IN-07: no exponents, no powers, nothing that could be read in two ways."""
    with pytest.raises(NumberInvalid):
        parse_number(typed)


@pytest.mark.parametrize("typed", ["-0", "−0", "-0.0", "-0,000", "- 0", "+0", "-0k", "0" * 30, "-0%", "€ -0"])
def test_zero_has_no_sign(typed):
    """IN-02"""
    assert (str(parse_number(typed)), show_number(parse_number(typed))) == ("0", "0")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        *[
            ("999999999999999", "999999999999999"),
            ("-999999999999999", "-999999999999999"),
            ("1E+14", "100000000000000"),
        ],
        *[("123456789.012345", "123456789.012345"), ("0.000001", "0.000001"), ("1.50000000000000000000000", "1.5")],
        *[("-0E+5", "0"), ("-0.000000000000000001E+20", "-100"), ("0E-400", "0")],
        *[("1000000000000000", None), ("1E+15", None), ("1E+999999", None), ("1E-7", None), ("1E-999999", None)],
        *[
            ("123456789.0123456", None),
            ("1.0000000000000001", None),
            ("1" + "0" * 40 + ".1", None),
            ("0.9999999999999999", None),
        ],
        *[
            ("1.00000000000000000000000000000000001", None),
            ("NaN", None),
            ("sNaN", None),
            ("Infinity", None),
            ("-Infinity", None),
        ],
    ],
)
def test_check_size_keeps_every_digit_or_refuses(number, expected):
    """IN-04: at most 15 significant digits, at most 6 after the point; never rounded to fit."""
    if expected is None:
        with pytest.raises(NumberInvalid):
            check_size(Decimal(number))
    else:
        assert str(check_size(Decimal(number))) == expected


@given(kept, st.integers(0, 25))
def test_check_size_changes_no_value(number, zeros):
    """IN-01: nothing is rounded in silence, however many zeros are written."""
    with localcontext(prec=60):
        padded = number.quantize(Decimal(1).scaleb(-zeros)) if zeros >= 6 else number
        assert check_size(padded) == number


@given(st.decimals())
def test_check_size_gives_the_same_number_or_refuses(number):
    try:
        checked = check_size(number)
    except NumberInvalid:
        return
    assert checked == number
    assert "E" not in str(checked)


@pytest.mark.parametrize("unit", UNITS)
@given(number=kept)
def test_what_is_shown_is_understood(unit, number):
    """A page's own words, copied into a field, are the same number; with the unit and without."""
    assert parse_number(show_number(number, unit), unit=unit) == number
    assert parse_number(show_number(number), unit=unit) == number
    assert parse_number(str(check_size(number)), unit=unit) == number


@given(st.text(max_size=30), st.text(max_size=10))
def test_parse_raises_nothing_but_number_invalid(typed, unit):
    with contextlib.suppress(NumberInvalid):
        assert check_size(parse_number(typed, unit=unit)).is_finite()


@given(st.text("0123456789.,' -+kKMm%€$e\u2212\u00a0", max_size=12), st.sampled_from(UNITS))
def test_what_is_understood_is_one_reading_of_it(typed, unit):
    """Whatever is accepted has the digits that were typed, in their order."""
    try:
        number = parse_number(typed, unit="" if any(c.isdigit() for c in unit) else unit)
    except NumberInvalid:
        return
    typed_digits = "".join(c for c in typed if c.isdigit()).strip("0")
    assert "".join(c for c in str(abs(number)) if c.isdigit()).strip("0") == typed_digits


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        ("41", "min", f"41{SPACE}min"),
        ("7", "%", f"7{SPACE}%"),
        ("120", "€", f"€{SPACE}120"),
        ("-120.5", "EUR", f"EUR{SPACE}{MINUS}120.5"),
        ("41.000000", "", "41"),
        ("96.400000", "%", f"96.4{SPACE}%"),
        ("1200", "", "1200"),
        ("12000", "", f"12{THIN}000"),
        ("-1234567.25", "", f"{MINUS}1{THIN}234{THIN}567.25"),
        ("1E+5", "", f"100{THIN}000"),
        ("0.000001", "", "0.000001"),
        ("1E-6", "", "0.000001"),
        ("-0", "", "0"),
        ("0E-6", "", "0"),
        ("5", "k€", f"5{SPACE}k€"),
    ],
)
def test_show_number(number, unit, expected):
    """As in look.md, section 10. IN-02: no -0."""
    assert show_number(Decimal(number), unit) == expected


@pytest.mark.parametrize(
    ("part", "shown"), [("0", 0), ("0.29", 29), ("0.333", 33), ("0.996", 99), ("0.999999", 99), ("1", 100)]
)
def test_percents_are_rounded_down(part, shown):
    """Nothing is whole before it is."""
    assert whole_percent(Decimal(part)) == shown


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("50%", "%"), ("50 ％", "%"), ("€ 1,200", "€"), ("5 $", "$"), ("5", ""), ("5 min", ""), ("€5%", "")],
)
def test_the_sign_beside_a_number_is_its_unit(typed, unit):
    assert unit_in(typed) == unit
