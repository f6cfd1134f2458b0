"""Take a picture of every screen: phone and desktop, light and dark, into ``shots/`` (``make shots``).

Plays the demonstration to its end on a port of its own, signs in as its editor, and goes through
`SCREENS`. What a page writes to the console, scrolls sideways, or answers in error is printed;
exit code 1 where there was any of it. Needs Debian's Chromium.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

SIZES = {"phone": (320, 800), "desktop": (1280, 900)}
SCHEMES = ("light", "dark")
SLUG = "ukraine"

SCREENS: dict[str, str] = {
    "page-fr": f"/{SLUG}/?l=fr",
    "page-uk": f"/{SLUG}/?l=uk",
    "page-map": f"/{SLUG}/map?l=fr",
    "page-search": f"/{SLUG}/?l=fr&q=Soumy",
    "desk-wall": f"/desk/{SLUG}/?ui=fr",
    "desk-map": f"/desk/{SLUG}/?view=map",
    "desk-filters": f"/desk/{SLUG}/wall/filters",
    "desk-timeline": f"/desk/{SLUG}/?view=time",
    "desk-event": f"/desk/{SLUG}/?event={{event}}",
    "desk-entry": f"/desk/{SLUG}/?event={{event}}&entry={{entry}}",
    "desk-new": f"/desk/{SLUG}/?event={{event}}&entry=new#comp",
    "desk-uk": f"/desk/{SLUG}/?event={{event}}&ui=uk",
    "desk-missing": "/desk/nowhere/",
    "desk-roles": f"/desk/{SLUG}/people",
    "desk-roles-everywhere": "/desk/people/roles",
    "desk-tokens": "/desk/tokens",
    "desk-journal": f"/desk/{SLUG}/journal",
    "desk-journal-all": "/desk/people/journal",
    "desk-rules": f"/desk/{SLUG}/rules",
    "desk-notices": f"/desk/{SLUG}/notices",
    "desk-recap": f"/desk/{SLUG}/recap?day=2024-11-22",
    "desk-search": f"/desk/{SLUG}/search?q=Soumy",
    "desk-waiting": f"/desk/{SLUG}/waiting",
    "desk-bring": f"/desk/{SLUG}/bring",
    "desk-history": f"/desk/{SLUG}/history/{{entry}}",
    "desk-cards": "/desk/cards",
    "desk-card": "/desk/cards/{card}",
    "desk-stories": "/desk/stories",
    "desk-story": f"/desk/{SLUG}/story",
    "desk-people": "/desk/people/",
    "desk-account": "/desk/account/",
}
"""What is looked at, by name; ``{event}`` and ``{entry}`` are the wall's first ones, ``{card}`` the last."""


@dataclass(frozen=True)
class Demo:
    """A demonstration that has played to its end."""

    address: str
    name: str
    password: str


@contextmanager
def played(folder: Path, port: int) -> Iterator[Demo]:
    """Play the demonstration fast and yield it once its stream is over; end it afterwards."""
    command = [sys.executable, "-u", "-m", "sourcier", "demo", "--speed", "30"]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--port", str(port), "--data", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    said: list[str] = []
    try:
        for line in process.stdout or ():
            said.append(line)
            if "The stream is over" in line:
                break
        told = "".join(said)
        address = re.search(r"Live page\s+(http://[^/\s]+)", told)
        user = re.search(r"user (\S+), .*password (\S+)", told)
        if not (address and user):
            raise SystemExit(f"the demonstration did not start:\n{told}")
        yield Demo(address[1], user[1], user[2])
    finally:
        process.terminate()
        process.wait(timeout=30)


def signed_in(browser: Browser, demo: Demo) -> tuple[dict[str, str], dict[str, str]]:
    """Return the cookies of the demonstration's editor and what the addresses of `SCREENS` name."""
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(f"{demo.address}/desk/")
    page.locator("input[autocomplete~=username], input[name=username]").first.fill(demo.name)
    page.locator("input[type=password]").first.fill(demo.password)
    page.locator("input[type=password]").first.press("Enter")
    page.wait_for_url(f"**/desk/{SLUG}/**")
    there = named(page, demo.address)
    cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    context.close()
    return cookies, there


def named(page: Page, address: str) -> dict[str, str]:
    """Return what the addresses of `SCREENS` name, as somebody signed in finds it at the desk."""
    page.goto(f"{address}/desk/{SLUG}/")
    found = {"event": _led(page, "#list a", r"event=([^&#]+)")}
    page.goto(f"{address}/desk/{SLUG}/?event={found['event']}")
    found["entry"] = _led(page, ".last a[href*='entry='] >> nth=1", r"entry=([^&#]+)") or "new"
    page.goto(f"{address}/desk/cards")
    found["card"] = _led(page, "main li a >> nth=-1", r"cards/(\w+)")
    return found


def _led(page: Page, link: str, part: str) -> str:
    """Return a part of the address to which a link leads, "" for none."""
    found = re.search(part, page.locator(link).first.get_attribute("href") or "")
    return found[1] if found else ""


def shoot(context: BrowserContext, name: str, address: str, file: Path) -> Iterator[str]:
    """Take one picture and yield what is wrong with the page."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    answer = page.goto(address)
    page.wait_for_timeout(400)
    page.screenshot(path=file, full_page=True)
    if answer and answer.status >= 400 and "missing" not in name:
        yield f"{name}: answers {answer.status}"
    if "missing" not in name:
        yield from (f"{name}: {line}" for line in said)
    if _too_wide(page):
        yield f"{name}: scrolls sideways at {page.viewport_size}"
    page.close()


def _too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def main() -> int:
    """Take all pictures; return 1 where something is wrong with a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("shots"))
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--only", default="", help="screens whose name has this in it")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("no Chromium: install it (Debian: apt-get install chromium)")
    asked.folder.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        played(Path(folder) / "data", asked.port) as demo,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        cookies, named = signed_in(browser, demo)
        for size, (width, height) in SIZES.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                    locale="fr-FR",
                )
                context.add_cookies(
                    [
                        {"name": key, "value": value, "url": f"{demo.address}/desk/"}
                        for key, value in cookies.items()
                    ]
                )
                for name, path in SCREENS.items():
                    if asked.only in name:
                        file = asked.folder / f"{name}-{size}-{scheme}.png"
                        address = demo.address + path.format(**named)
                        wrong += shoot(context, name, address, file)
                context.close()
        browser.close()
    print("\n".join(dict.fromkeys(wrong)) or f"{asked.folder}: nothing wrong was seen")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
