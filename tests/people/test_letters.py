"""What people are mailed: the same in text and HTML, plain headers, our own links."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMultiAlternatives

from activity.letters import Button, Say, write
from people.letters import invitation_letter, password_letter, reset_letter
from tests.factories import AccessLinkFactory, TeamFactory, UserFactory
from tests.people.doors import words_of

MOMENT = datetime(2026, 11, 19, 10, 0, tzinfo=ZoneInfo("UTC"))


def invitation(*, has_account: bool = False, name: str = "Elif Demir", **fields: object):
    team = TeamFactory.build(name="Accelerator", zone="Pacific/Kiritimati")
    link = AccessLinkFactory.build(team=team, email="noor@example.org", **fields)
    return invitation_letter(link, secret="s3cret", by_name=name, has_account=has_account)


def letters():
    person = UserFactory.build(name="Mira <b>Okafor</b>")
    return [
        invitation(message="Bring one thing.\nFridays & <i>half past three</i>."),
        invitation(has_account=True),
        reset_letter(person, path="/accounts/password/reset/key/1-2/"),
        password_letter(person, at=MOMENT),
    ]


def plain(text: str) -> str:
    """The words of the text part without the marks that stand for layout."""
    text = re.sub(r"^> ?", "", text.removesuffix("-- \nokrsite\n"), flags=re.M)
    return " ".join(re.sub(r"^(.*):\n(http\S+)$", r"\1 \2", text, flags=re.M).split())


def test_text_and_html_say_the_same():
    """AX-12."""
    for letter in letters():
        body = words_of(letter.html).removeprefix("okrsite ")
        assert body.replace("“", "").replace("”", "") == plain(letter.text)


def test_an_invitation_says_who_where_and_until_when():
    letter = invitation(message="Bring one thing.")
    assert letter.subject == "Elif Demir invites you to Accelerator"
    assert letter.text == (
        "Elif Demir invites you to Accelerator.\n\n> Bring one thing.\n\n"
        "okrsite is where you set a few ambitious goals, look at them for a minute a week, and celebrate.\n\n"
        "You choose your own goals, and who may read them.\n\n"
        "Join the team:\nhttp://localhost:8000/invitations/s3cret/\n\n"
        "The link is for noor@example.org, works once, and ends after Monday, 30 November.\n\n"
        "You do not know who that is? Leave it. Nothing happens until you press the button on the page.\n\n"
        "-- \nokrsite\n"
    )


def test_links_are_built_from_the_configured_address(settings):
    """MAIL-06, AUTH-07."""
    settings.SITE_URL = "https://okr.example.org"
    for letter in letters():
        links = re.findall(r"https?:[^\s\"<]*", letter.text + letter.html)
        assert len(links) == 3
        assert {link[:24] for link in links} == {"https://okr.example.org/"}
        assert len(set(links)) == 1


def test_what_people_wrote_is_escaped_and_keeps_its_direction():
    letter = invitation(name="Mira <b>", message="<script>alert(1)</script>")
    assert "<script" not in letter.html
    assert "<h1" in letter.html
    assert "<bdi>Mira &lt;b&gt;</bdi> invites you to <bdi>Accelerator</bdi>." in letter.html


@pytest.mark.parametrize("name", ["Elif\r\nBcc: all@example.org", "Elif\nBcc: all@example.org", "Elif\x85\u2028 Demir"])
def test_a_name_adds_no_header(name):
    """IN-17."""
    letter = invitation(name=name)
    assert len(letter.subject.splitlines()) == 1
    message = EmailMultiAlternatives(letter.subject, letter.text, to=["noor@example.org"]).message()
    assert (message["Bcc"], message["Subject"].endswith("invites you to Accelerator")) == (None, True)


def test_styles_stand_in_the_elements_and_nothing_is_loaded():
    for letter in letters():
        assert not re.search(r"<(style|link|img|script)\b|url\(", letter.html)
        assert 'style="width: 100%;max-width: 560px' in letter.html
        assert letter.html.count("<a ") == 1


def test_a_letter_without_a_button_is_one_too():
    letter = write(title=Say("It is Friday."), lines=[Say("%(n)s of %(m)s are in.", {"n": "4", "m": "6"})])
    assert letter.subject == "It is Friday"
    assert letter.text == "It is Friday.\n\n4 of 6 are in.\n\n-- \nokrsite\n"
    assert words_of(letter.html) == "okrsite It is Friday. 4 of 6 are in."


def test_a_subject_may_be_said_apart():
    letter = write(
        subject=Say("Week 47"), title=Say("Good morning."), lines=[], button=Button("Check in", "/check-in/")
    )
    assert (letter.subject, letter.text.splitlines()[0]) == ("Week 47", "Good morning.")
