"""The forms of a page, found as a browser finds them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_from_bytes

from core.typed import OF_ITS_PAGE


@dataclass
class Found:
    """A form that is sent with POST: where to, and what stands in its fields."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Each name once, but for what every page brings."""
        return [name for name in dict(self.fields) if name not in OF_ITS_PAGE]

    def body(self, **nasty: str) -> str:
        """What is sent when these fields hold something else; half a surrogate pair included."""
        pairs = [(name, nasty.get(name, value)) for name, value in self.fields]
        return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []
        self._form: Found | None = None
        self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._buttons: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Found(given.get("action", "")) if given.get("method", "").lower() == "post" else None
            self.found += [self._form] if self._form else []
            self._buttons = []
        elif self._form is None:
            return
        elif tag == "button":
            self._buttons.append((given.get("name", ""), given.get("value", "")))
        elif tag in {"input", "textarea"} and given.get("name") and "disabled" not in given:
            is_choice = given.get("type") in {"radio", "checkbox"}
            if not is_choice or "checked" in given:
                self._form.fields.append((given["name"], given.get("value", "")))
        elif tag == "select":
            self._select, self._options = given.get("name", ""), []
        elif tag == "option" and self._select:
            self._options.append((given.get("value", ""), "selected" in given))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select and self._form:
            chosen = [value for value, is_chosen in self._options if is_chosen] or [self._options[0][0]]
            self._form.fields.append((self._select, chosen[0]))
            self._select = ""
        elif tag == "form":
            pressed = sorted(self._buttons, key=lambda button: button[0] != "")[:1]  # the plain one, if there is one
            if self._form and pressed and pressed[0][0]:
                self._form.fields.append(pressed[0])
            self._form = None


def forms_of(body: str) -> list[Found]:
    """Every form of a page that is sent with POST."""
    reader = _Reader()
    reader.feed(body)
    return reader.found
