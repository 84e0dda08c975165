"""What people say about an objective and about a week, on their pages."""

from uuid import uuid4

import pytest

from checkins.models import Comment as WeekComment
from objectives.models import Comment, Objective
from tests.checkins.reading import fields, links, said
from tests.factories import (
    CheckInFactory,
    CommentFactory,
    MembershipFactory,
    ObjectiveFactory,
    OrganisationFactory,
    TeamFactory,
    UserFactory,
    WeekCommentFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FORM = ["Add a comment teammates read this", "Post the comment", "Mention somebody"]


class Crew:
    """Mira, who owns one for her teams and gave a week; Jonas beside her, Nora elsewhere, who manages Mira."""

    def __init__(self):
        OrganisationFactory()
        team = TeamFactory(name="Accelerator")
        self.nora = UserFactory(name="Nora")
        self.mira = MembershipFactory(team=team, user=UserFactory(name="Mira", manager=self.nora)).user
        self.jonas = MembershipFactory(team=team, user=UserFactory(name="Jonas Lind")).user
        self.one = ObjectiveFactory(owner=self.mira, title="Write")
        self.week = CheckInFactory(person=self.mira)


@pytest.fixture
def crew():
    return Crew()


@pytest.fixture
def browser(crew, client_of):
    return client_of(crew.jonas)


def talk_on(page):
    """From the heading of the comments to what stands below them."""
    lines = said(page)
    return lines[lines.index("Comments") + 1 : lines.index("History") if "History" in lines else None]


def options(page):
    return [part.rpartition(">")[2] for part in page.text.partition("<select")[2].split("</option>")[:-1]]


def path_of(crew, what):
    return crew.one.get_absolute_url() if what == "objective" else "/people/mira/check-in/2026-W46/"


def test_the_thread_as_its_readers_read_it(crew, browser):
    words = "Read @mira’s piece:\nhttps://git.example/shop/pull/12 @nora"
    first = CommentFactory(objective=crew.one, by=crew.jonas, text=words, mentions=["mira"])
    moved = {"at": first.at.replace(day=16), "edited_at": first.at.replace(day=17)}
    CommentFactory(objective=crew.one, text="Thank you.", **moved)
    CommentFactory(objective=crew.one, text="GONE", deleted_at=first.at, deleted_by=crew.mira)
    CommentFactory(objective=ObjectiveFactory(owner=crew.mira), text="ELSEWHERE")
    page = browser.get(crew.one.get_absolute_url())
    assert talk_on(page) == [
        *("13 Nov", "Jonas Lind", "Read @mira’s piece: shop#12 @nora", "Edit your comment of 13 Nov"),
        "Delete the comment of Jonas Lind, 13 Nov",
        *("16 Nov", "Mira edited", "Thank you."),
        *FORM,
    ]
    assert links(page)["@mira"] == "/people/mira/"
    assert "@nora" not in links(page)


@pytest.mark.parametrize("what", ["objective", "week"])
def test_it_is_said_once_and_stands_there(crew, browser, what):
    """CC-04: the form on the page itself."""
    page = path_of(crew, what)
    key = str(uuid4())
    for text in ("Well done, @mira.", "Sent again"):
        answer = browser.post(f"{page}comments/", {"text": text, "client_key": key})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}#comments")
    model = Comment if what == "objective" else WeekComment
    assert model.objects.values_list("text", "mentions", "by__name").get() == (
        "Well done, @mira.",
        ["mira"],
        "Jonas Lind",
    )
    assert "Well done, @mira." in talk_on(browser.get(page))


@pytest.mark.parametrize("what", ["objective", "week"])
def test_whom_one_can_mention(crew, browser, client_of, what):
    """The leak roads, @mention: those who may read it, and whose reading one knows of."""
    page = f"{path_of(crew, what)}comments/"
    assert options(browser.get(page)) == ["nobody", "Mira (@mira)"]
    assert options(client_of(crew.nora).get(page)) == ["nobody", "Jonas Lind (@jonas-lind)", "Mira (@mira)"]
    assert options(client_of(crew.mira).get(page)) == ["nobody", "Jonas Lind (@jonas-lind)", "Nora (@nora)"]
    answer = browser.post(page, {"text": "Look", "mention": "mira", "client_key": str(uuid4())})
    assert answer.status_code == 302
    answer = browser.post(page, {"text": "Look", "mention": "nora", "client_key": str(uuid4())})
    assert (answer.status_code, "Choose somebody of those who can read it." in answer.text) == (422, True)
    model = Comment if what == "objective" else WeekComment
    assert model.objects.values_list("text", "mentions").get() == ("Look @mira", ["mira"])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": ""}, "Say something, or leave it."),
        ({"text": " \n "}, "Say something, or leave it."),
        ({"text": "x" * 2001}, "That is 2001 characters; 2000 fit."),
    ],
)
def test_what_cannot_be_kept_comes_back(crew, browser, typed, words):
    answer = browser.post(f"{crew.one.get_absolute_url()}comments/", {"client_key": str(uuid4()), **typed})
    assert (answer.status_code, words in answer.text, Comment.objects.count()) == (422, True, 0)
    assert fields(answer)["text"] == typed["text"].replace(" \n ", " \n ")


def test_a_form_without_its_key_is_kept_all_the_same(crew, browser):
    browser.post(f"{crew.one.get_absolute_url()}comments/", {"text": "By hand"})
    assert Comment.objects.get().text == "By hand"


def test_its_author_edits_it_and_a_newer_one_is_shown_beside(crew, browser):
    """CC-01."""
    page = crew.one.get_absolute_url()
    comment = CommentFactory(objective=crew.one, by=crew.jonas, text="One")
    address = f"{page}comments/{comment.pk}/edit/"
    typed = fields(browser.get(address))
    assert (typed["text"], typed["version"]) == ("One", "1")
    answer = browser.post(address, {**typed, "text": "Two @mira"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}#comment-{comment.pk}")
    answer = browser.post(address, {**typed, "text": "Three"})
    assert answer.status_code == 409
    lines = said(answer)
    assert "Somebody saved a newer version." in lines
    assert [lines[lines.index(label) + 2] for label in ("Theirs, saved", "Yours, not saved")] == ["Two @mira", "Three"]
    assert (fields(answer)["text"], fields(answer)["version"]) == ("Three", "2")
    assert browser.post(address, {**fields(answer)}).status_code == 302
    comment.refresh_from_db()
    assert (comment.text, comment.mentions, comment.version) == ("Three", [], 3)
    assert browser.post(address, {**typed, "text": ""}).status_code == 422


@pytest.mark.parametrize("what", ["objective", "week"])
def test_what_one_deletes_comes_back_with_one_press(crew, browser, client_of, what):
    page = path_of(crew, what)
    on = {"objective": crew.one} if what == "objective" else {"check_in": crew.week}
    make = CommentFactory if what == "objective" else WeekCommentFactory
    comment = make(by=crew.jonas, text="Too quick", **on)
    for _press in range(2):
        answer = browser.post(f"{page}comments/{comment.pk}/deletion/")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}#comments")
    shown = talk_on(browser.get(page))
    assert shown[:3] == [
        "13 Nov",
        "You deleted a comment. It can be brought back until 19 Dec.",
        "Bring it back",
    ]
    assert "Too quick" not in shown
    others = client_of(crew.mira).get(page, follow=True)
    assert "You deleted" not in others.text
    for _press in range(2):
        answer = browser.post(f"{page}comments/{comment.pk}/restoration/")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}#comment-{comment.pk}")
    assert "Too quick" in talk_on(client_of(crew.mira).get(page, follow=True))


def test_a_narrowed_audience_narrows_what_was_said(crew, browser, client_of):
    """PRIV-09: what one said oneself is not there either."""
    CommentFactory(objective=crew.one, by=crew.jonas, text="Among us")
    Objective.objects.update(audience="ONLY_ME")
    page = crew.one.get_absolute_url()
    assert [browser.get(path).status_code for path in (page, f"{page}comments/")] == [404, 404]
    assert "Among us" in client_of(crew.mira).get(page).text


def test_the_newest_hundred_are_shown(crew, browser):
    for number in range(102):
        CommentFactory(objective=crew.one, by=crew.mira, text=f"Word {number:03}")
    shown = [line for line in talk_on(browser.get(crew.one.get_absolute_url())) if line.startswith("Word")]
    assert len(shown) == 100
