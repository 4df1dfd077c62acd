"""A real browser for the journeys: Debian's Chromium, driven through the site as people use it.

CHROMIUM=/path/to/chromium python -m pytest tests/journeys
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",  # continuous integration runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Axe().axe_script
WIDTHS = (320, 768, 1280)
#: Every rule is asked; nothing is fetched beforehand, which only rules about sound and film would need.
VIOLATIONS = "axe.run({resultTypes: ['violations'], preload: false}).then(({violations}) => violations)"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 812}

# Playwright's synchronous driver runs an event loop in the test's thread, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none, journeys are skipped, but not in continuous integration."""
    if not CHROMIUM.exists():
        reason = f"no Chromium at {CHROMIUM}: install it (apt install chromium) or set CHROMIUM"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


class Watch:
    """What a page did that nobody should see: console errors, script errors, requests to other hosts."""

    def __init__(self, page: Page, host: str) -> None:
        self.host = host
        self.findings: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.findings.append(f"script error at {page.url}: {error}"))
        page.on("request", self._on_request)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.findings.append(f"console at {message.page.url if message.page else ''}: {message.text}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme.startswith("http") and parts.netloc != self.host:
            self.findings.append(f"foreign host: {parts.netloc}")


@pytest.fixture
def site(live_server: Any) -> Any:
    """The site as it is served, with what stands in the database of this test."""
    return live_server


@pytest.fixture
def open_page(browser: Browser, site: Any) -> Iterator[Callable[..., Page]]:
    """``open_page(viewport=…, java_script_enabled=False)``: a browser that knows nothing of the others."""
    contexts: list[BrowserContext] = []

    def opened(**options: object) -> Page:
        contexts.append(
            browser.new_context(
                base_url=site.url, locale="ja-JP", timezone_id="Asia/Tokyo", **{"viewport": DESKTOP, **options}
            )
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.watch = Watch(page, urlsplit(site.url).netloc)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A browser window at a desk."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A telephone, 375 pixels wide."""
    return open_page(viewport=PHONE, is_mobile=True, has_touch=True)


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Callable[[Page], None]:
    """``look(page)``: the page as it stands is accessible (axe), fits its width, is quiet and asks no other host."""

    def looked(page: Page) -> None:
        violations = _violations(page)
        request.node.user_properties.append(("axe", len(violations)))
        _expect_nothing(page, violations)

    return looked


@pytest.fixture
def look_at_every_width(look: Callable[[Page], None]) -> Callable[[Page], None]:
    """The same on a small telephone, on a tablet and at a desk."""

    def looked(page: Page) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            look(page)

    return looked


def _violations(page: Page) -> list[str]:
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return [_in_words(rule) for rule in page.evaluate(VIOLATIONS)]


def _expect_nothing(page: Page, findings: list[str]) -> None:
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
        findings.append("scrolls sideways")
    assert not findings + page.watch.findings, "\n".join([page.url, *findings, *page.watch.findings])


def _in_words(rule: dict) -> str:
    places = ", ".join(str(node["target"][0]) for node in rule["nodes"])
    return f"axe {rule['id']} ({rule['impact']}): {rule['help']}: {places}"
