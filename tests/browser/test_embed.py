"""The embed on another site's page, in a real browser."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo, running_demo

pytestmark = pytest.mark.browser

ASIDE = """<!doctype html><html lang="fr"><title>Un autre site</title><body style="width:{width}px">
<script src="{base}embed.js"></script>
<sourcier-live src="{base}{path}" title="Le direct"><a href="{base}{path}">Le direct</a></sourcier-live>"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running_demo(tmp_path_factory.mktemp("demo"), speed=60, port=8450) as demo:
        for line in demo.output:
            if "The stream is over" in line:
                break
        yield demo


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, dict[str, str]]]:
    """Serve pages of another site: the address, and what is served by path."""
    pages: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, "").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://localhost:{server.server_port}", pages
    server.shutdown()
    server.server_close()
    thread.join()


def slug(demo: Demo, page: Page) -> str:
    page.goto(demo.page)
    href = page.locator("link[type='application/json+oembed']").get_attribute("href") or ""
    found = re.search(r"url=%2F([\w-]+)%2F", href)
    assert found
    return found[1]


@pytest.mark.parametrize("width", [320, 900])
def test_the_component_shows_the_newest_entry_as_tall_as_it_is(
    browser: Browser, demo: Demo, elsewhere: tuple[str, dict[str, str]], width: int, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="fr-FR")
    page = context.new_page()
    where, pages = elsewhere
    path = f"{slug(demo, page)}/"
    pages["/a"] = ASIDE.format(base=demo.address, path=path, width=width - 20)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{where}/a")
    frame = page.frame_locator("sourcier-live iframe")
    expect(frame.locator("h1")).to_be_visible()
    tall = frame.locator("main").evaluate("m => Math.ceil(m.getBoundingClientRect().height)")
    page.wait_for_function(
        "h => Math.abs(document.querySelector('sourcier-live').shadowRoot.firstChild.clientHeight - h) < 2",
        arg=tall,
    )
    assert frame.locator("html").evaluate("h => h.scrollWidth <= h.clientWidth")
    assert all(url.startswith((where, demo.address, "data:")) for url in asked), asked
    assert context.cookies() == []
    assert [line for line in wrong if "favicon" not in line] == []
    context.close()


def test_the_frame_alone_works_without_script(
    browser: Browser, demo: Demo, elsewhere: tuple[str, dict[str, str]]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    where, pages = elsewhere
    answer = context.request.get(f"{demo.address}oembed?url=/{slug(demo, page)}/").json()
    pages["/b"] = f"<!doctype html><title>b</title>{answer['html']}"
    page.goto(f"{where}/b")
    expect(page.frame_locator("iframe").locator("h1 a")).to_be_visible()
    context.close()
