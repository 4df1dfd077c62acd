"""Two ways to fill in a form that are not a mouse: a keyboard alone, and a browser without script.

Both answer with what `form_for(…).typed()` says a browser would send, so they know every control by its name.
"""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

from tests.forms_engine.starters import content
from tests.journeys.people import press

NEXT = "main .actions .button--primary"
MOST_STOPS = 300
#: The element that has the focus, and whether a person can see that it has it.
STOP = """() => {
  const stop = document.activeElement, box = stop.getBoundingClientRect(), style = getComputedStyle(stop);
  const isInView = box.bottom > 0 && box.top < innerHeight;
  const isSeen = isInView && style.outlineStyle !== "none" && style.visibility === "visible";
  return {
    kind: stop.matches("select") ? "select" : stop.type ?? "", name: stop.name ?? "", value: stop.value ?? "",
    checked: stop.checked ?? false, isNext: stop.matches("main .actions .button--primary"), isSeen,
    what: `${stop.tagName} ${stop.name ?? ""} ${stop.textContent.trim().slice(0, 40)}`,
  };
}"""


class Keyboard:
    """Somebody who presses Tab, Shift+Tab, Space, Enter, arrows and letters, and sees where the focus is."""

    def __init__(self, page: Page, texts: Mapping[str, list[str]], files: Mapping[str, Any]) -> None:
        self.page, self.texts, self.files = page, texts, files

    def fill_in(self) -> None:
        """Answer the questions of the page in the order of the focus, then press the main button."""
        for _ in range(MOST_STOPS):
            stop = self.tab()
            if stop["isNext"]:
                self.page.keyboard.press("Enter")
                return
            self._answer(stop)
        raise AssertionError(f"the main button cannot be reached on {self.page.url}")

    def tab(self, key: str = "Tab") -> dict[str, Any]:
        self.page.keyboard.press(key)
        return self.stop()

    def stop(self) -> dict[str, Any]:
        """Where the focus is, once the page stands still."""
        self.page.locator("form[aria-busy]").wait_for(state="detached")
        stop: dict[str, Any] = self.page.evaluate(STOP)
        assert stop["isSeen"], f"focus is lost or cannot be seen on {self.page.url}: {stop['what']}"
        return stop

    def _answer(self, stop: dict[str, Any]) -> None:
        name, wanted = stop["name"], self.texts.get(stop["name"], [])
        if stop["kind"] == "file":
            self._attach(name)
        elif name == "_add":
            self._add(stop["value"])
        elif wanted:
            ways = {"radio": self._choose, "checkbox": self._tick, "select": self._pick}
            ways.get(stop["kind"], self._write)(stop, wanted)
            self.stop()

    def _choose(self, stop: dict[str, Any], wanted: list[str]) -> None:
        if not stop["checked"]:
            self.page.keyboard.press("Space")
        for _ in range(40):
            if self.stop()["value"] in wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{stop['name']} cannot be {wanted} by arrow keys")

    def _tick(self, stop: dict[str, Any], wanted: list[str]) -> None:
        if (stop["value"] in wanted) != stop["checked"]:
            self.page.keyboard.press("Space")

    def _pick(self, stop: dict[str, Any], wanted: list[str]) -> None:
        self.page.keyboard.press("Home")
        while self.stop()["value"] not in wanted:
            self.page.keyboard.press("ArrowDown")

    def _write(self, stop: dict[str, Any], wanted: list[str]) -> None:
        if stop["value"] != wanted[0]:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(wanted[0])

    def _attach(self, name: str) -> None:
        """Once for each question: the second control of a question is the camera's."""
        if file := self.files.pop(name, None):
            with self.page.expect_file_chooser() as chooser:
                self.page.keyboard.press("Enter")
            chooser.value.set_files(file)

    def _add(self, table: str) -> None:
        """One more row, while the answers have one; the focus goes to the first box of it."""
        shown = self.page.locator(f'[name="{table}~rows"]').input_value()
        if int(self.texts.get(f"{table}~rows", ["0"])[0]) > int(shown):
            self.page.keyboard.press("Enter")
            self.page.locator(f'[name="{table}~rows"][value="{int(shown) + 1}"]').wait_for(state="attached")
            self._answer(self.stop())


def without_script(page: Page, texts: Mapping[str, list[str]], files: Mapping[str, Any]) -> None:
    """Answer what is asked and send the page, again while answers bring up questions, to whatever page comes next."""
    before, left = page.url, dict(files)
    for _ in range(6):
        _add_rows(page, texts)
        for name, wanted in texts.items():
            _set(page, name, wanted)
        for name in [name for name in left if page.locator(f'[name="{name}"]').count()]:
            page.locator(f'[name="{name}"]').first.set_input_files(left.pop(name))
        press(page)
        if page.url != before:
            return
    raise AssertionError(page.locator("main").inner_text())


def _add_rows(page: Page, texts: Mapping[str, list[str]]) -> None:
    for name in [name for name in texts if name.endswith("~rows")]:
        table = name.removesuffix("~rows")
        while (rows := page.locator(f'[name="{name}"]')).count() and int(rows.input_value()) < int(texts[name][0]):
            page.locator(f'[name="_add"][value="{table}"]').click()
            page.wait_for_load_state()


def _set(page: Page, name: str, wanted: list[str]) -> None:
    """What one name shall send."""
    control = page.locator(f'[name="{name}"]:not([type=hidden])')
    if not control.count():
        return
    kind = control.first.evaluate("control => control.type || control.tagName.toLowerCase()")
    if kind in ("radio", "checkbox"):
        for value in wanted:
            page.locator(f'[name="{name}"][value="{value}"]').check()
    elif kind.startswith("select"):
        control.select_option(wanted)
    elif kind != "file":
        control.fill(wanted[0])


def upload(file: Mapping[str, Any]) -> dict[str, Any]:
    """A file of an answer as a browser is given it."""
    return {"name": file["name"], "mimeType": file["media_type"], "buffer": content(file["media_type"])}
