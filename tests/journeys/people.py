"""What people do at the screens: a resident fills in a form, a member of staff signs in and decides."""

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from playwright.sync_api import Locator, Page

from forms_engine.archive import verification

PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def leaves(answers: Mapping[str, Any], pointer: str = "") -> Iterator[tuple[str, Any]]:
    for key, answer in answers.items():
        if isinstance(answer, Mapping):
            yield from leaves(answer, f"{pointer}/{key}")
        else:
            yield f"{pointer}/{key}", answer


def fill(page: Page, answers: Mapping[str, Any]) -> None:
    """Answer every question of the page that stands in the answers; again while an answer brings up others."""
    done: set[str] = set()
    for _ in range(4):
        for pointer, answer in leaves(answers):
            if pointer not in done and is_asked(page, pointer):
                done.add(pointer)
                give(page, pointer, answer)
                page.locator("form[aria-busy]").wait_for(state="detached")


def is_asked(page: Page, pointer: str) -> bool:
    return page.locator(f'[name="{pointer}"], [name="{pointer}~year"]').count() > 0


def give(page: Page, pointer: str, answer: Any) -> None:
    """Answer one question with whatever control asks it."""
    if page.locator(f'[name="{pointer}~year"]').count():
        give_day(page, pointer, str(answer))
        return
    control = page.locator(f'[name="{pointer}"]')
    kind = control.first.evaluate("control => control.type || control.tagName.toLowerCase()")
    if kind == "radio":
        value = {True: "true", False: "false"}.get(answer, answer) if isinstance(answer, bool) else answer
        page.locator(f'[name="{pointer}"][value="{value}"]').check()
    elif kind == "checkbox":
        control.first.set_checked(bool(answer))
    elif kind.startswith("select"):
        control.select_option(str(answer))
    elif kind == "file":
        control.set_input_files({"name": str(answer), "mimeType": "application/pdf", "buffer": PAPER})
    else:
        control.fill(str(answer))


def give_day(page: Page, pointer: str, day: str) -> None:
    for part, text in zip(("year", "month", "day"), day.split("-"), strict=True):
        page.locator(f'[name="{pointer}~{part}"]').fill(str(int(text)))


def go_through(page: Page, answers: Mapping[str, Any], look: Any) -> None:
    """From the first page to the check page."""
    while "/pages/" in page.url:
        fill(page, answers)
        look(page)
        before = page.url
        press(page)
        assert page.url != before, page.locator("main").inner_text()


def press(page: Page) -> None:
    """Press the main button, or follow the main link, of the page."""
    turn(page, page.locator("main .actions .button--primary").first)


def turn(page: Page, button: Locator) -> None:
    """Press a button and wait for the page that takes the place of this one, whether it is opened or put in."""
    page.locator("main").evaluate("main => main.dataset.left = 'yes'")
    button.click()
    page.locator("main[data-left], .htmx-settling").first.wait_for(state="detached")
    page.wait_for_load_state()


def sign_in(page: Page, login: str) -> None:
    page.goto("/login/")
    page.get_by_label("ログイン名").fill(login)
    page.get_by_label("パスワード").fill("demo")
    page.get_by_role("button", name="ログイン").click()
    page.wait_for_url("**/approver/")


def leave(page: Page) -> None:
    page.get_by_role("button", name="ログアウト").click()
    page.wait_for_load_state()


def open_case(page: Page, receipt: str) -> None:
    page.goto("/approver/")
    page.get_by_role("link").filter(has_text=receipt).first.click()
    page.wait_for_load_state()


def choose(page: Page, outcome: str) -> None:
    """Choose an outcome of the case and send it."""
    page.locator(f'input[name="outcome"][value="{outcome}"]').check()
    page.get_by_role("button", name="この内容で処理する").click()
    page.wait_for_load_state()


def verified(page: Page, address: str = "") -> Any:
    """What the archive copy says that a resident gets, or staff at the address; asked beside Playwright's loop."""
    address = address or re.sub(r"(/applications/[^/]+/).*", r"\1copy.pdf", page.url)
    for _ in range(50):
        copy = page.request.get(address)
        if copy.status != 503:  # still in the making
            break
        page.wait_for_timeout(200)
    assert copy.status == 200
    with ThreadPoolExecutor() as beside:
        return beside.submit(verification.verify, copy.body()).result()
