"""Two ways to fill in a form that are not a mouse: a keyboard alone, and a browser without script.

Both answer with what `form_for(…).typed()` says a browser would send, so they know every control by its name.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Page, expect

from forms_engine.fields.file import files_in
from forms_engine.forms import form_for
from forms_engine.spec import FormSpec
from tests.forms_engine.starters import content
from tests.journeys.people import press

MOST_STOPS = 300
#: The longest list to choose from: prefectures, and nothing chosen.
MOST_OPTIONS = 60
#: The element that has the focus once the page stands still, and whether a person can see that it has it. A table with
#: files is sent whole for another row: between the new page and its focus lies the moment in which htmx lets it settle.
STOP = """async () => {
  const moving = "form[aria-busy], .htmx-request, .htmx-swapping, .htmx-settling";
  while (document.querySelector(moving)) await new Promise(resolve => setTimeout(resolve, 10));
  const stop = document.activeElement, box = stop.getBoundingClientRect(), style = getComputedStyle(stop);
  const isInView = box.bottom > 0 && box.top < innerHeight;
  const isSeen = isInView && style.outlineStyle !== "none" && style.visibility === "visible";
  return {
    kind: stop.matches("select") ? "select" : stop.type ?? "", name: stop.name ?? "", value: stop.value ?? "",
    checked: stop.checked ?? false, isNext: stop.matches("main .actions .button--primary"), isSeen,
    what: `${stop.tagName} ${stop.name ?? ""} ${stop.textContent.trim().slice(0, 40)}`,
  };
}"""


#: What a person could set, set at once in a page without script: only what is shown and takes an answer.
SET = """texts => {
  for (const control of document.querySelectorAll("main [name]:not([type=hidden], [type=file])")) {
    const wanted = texts[control.name];
    if (!wanted || control.matches("button, :disabled, [readonly]") || !control.checkVisibility()) continue;
    if (control.matches("[type=radio]")) { if (wanted.includes(control.value)) control.checked = true; }
    else if (control.matches("[type=checkbox]")) control.checked = wanted.includes(control.value);
    else control.value = wanted[0];
  }
  return [...document.querySelectorAll("main [type=file]")].map(control => control.name);
}"""
HELD = re.compile(r"/\d+$")


def in_hand(spec: FormSpec, answers: Mapping[str, Any]) -> tuple[dict[str, list[str]], dict[str, list[Any]]]:
    """What a person types on every page, by the names of the controls, and what they attach to it."""
    answers = json.loads(json.dumps(answers))
    files: dict[str, list[Any]] = {}
    for at, file in files_in(answers):
        files.setdefault(HELD.sub("", at), []).append(upload(file))
    texts: dict[str, list[str]] = {}
    for page in spec.pages:
        texts |= form_for(spec, page.key, answers).typed()
    return {name: wanted for name, wanted in texts.items() if any(wanted)}, files


class Keyboard:
    """Somebody who presses Tab, Shift+Tab, Space, Enter, arrows and letters, and sees where the focus is."""

    def __init__(self, page: Page, texts: Mapping[str, list[str]], files: Mapping[str, Any]) -> None:
        self.page, self.texts, self.files = page, texts, dict(files)
        page.on("filechooser", lambda _: None)  # from now on: a dialog that opens before anybody listens is not heard

    def go_through(self, look: Callable[[Page], None]) -> None:
        """From the first page to the check page; each is looked at once it is answered."""
        while "/pages/" in self.page.url:
            self.answer()
            look(self.page)
            self._turn()
            expect(self.page.get_by_role("heading", level=1)).to_be_focused()

    def _turn(self) -> None:
        """To another page; again after a warning, or where an answer brought up a question behind the focus."""
        before = self.page.url
        for _ in range(3):
            self.press()
            if self.page.url != before:
                return
            self.answer()
        raise AssertionError(self.page.locator("main").inner_text())

    def answer(self) -> None:
        """Answer the questions of the page in the order of the focus, until it is on the main button."""
        for _ in range(MOST_STOPS):
            stop = self.tab()
            if stop["isNext"]:
                return
            self._answer(stop)
        raise AssertionError(f"the main button cannot be reached on {self.page.url}")

    def press(self) -> None:
        """Enter, on a button that opens another page or brings this one again."""
        self.page.locator("main").evaluate("main => main.dataset.left = 'yes'")
        self.page.keyboard.press("Enter")
        self.page.locator("main[data-left], .htmx-settling").first.wait_for(state="detached")
        self.page.wait_for_load_state()

    def reach(self, what: str) -> None:
        """Tab to the button of this name."""
        for _ in range(MOST_STOPS):
            if what in self.tab()["what"]:
                return
        raise AssertionError(f"{what} cannot be reached on {self.page.url}")

    def tab(self, key: str = "Tab") -> dict[str, Any]:
        self.page.keyboard.press(key)
        return self.stop()

    def stop(self) -> dict[str, Any]:
        """Where the focus is."""
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
        down = ["Home", *["ArrowDown"] * MOST_OPTIONS]
        for key in down * 2:  # a second time: an address that came in on the way may have moved the choice past it
            self.page.keyboard.press(key)
            if (now := self.stop())["value"] in wanted:
                return
        raise AssertionError(f"{stop['name']} cannot be {wanted} by arrow keys; the focus is on {now['what']}")

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


def without_script(page: Page, texts: Mapping[str, list[str]], files: dict[str, Any]) -> None:
    """Answer what is asked and send the page, again while answers bring up questions, to whatever page comes next."""
    before = page.url
    for _ in range(6):
        _add_rows(page, texts)
        for name in page.evaluate(SET, texts):
            if name in files:
                page.locator(f'[name="{name}"]').first.set_input_files(files.pop(name))
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


def upload(file: Mapping[str, Any]) -> dict[str, Any]:
    """A file of an answer as a browser is given it."""
    return {"name": file["name"], "mimeType": file["media_type"], "buffer": content(file["media_type"])}
