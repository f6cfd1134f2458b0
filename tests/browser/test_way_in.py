"""Signing in with a passkey, with the browser's own virtual authenticator."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo, running_demo, sign_in

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running_demo(tmp_path_factory.mktemp("demo"), speed=60, port=8460) as demo:
        demo.address = demo.address.replace("127.0.0.1", "localhost")  # passkeys are of a name
        yield demo


@pytest.fixture
def page(browser: Browser, demo: Demo) -> Iterator[Page]:
    context = browser.new_context(locale="en")
    page = sign_in(context, demo)
    yield page
    context.close()


def with_device(page: Page, *, verified: bool = True) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = DEVICE | {"isUserVerified": verified}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_and_opens_the_desk_alone(page: Page, demo: Demo) -> None:
    refused: list[str] = []
    page.on(
        "console", lambda message: refused.append(message.text) if message.type == "error" else None
    )
    with_device(page)
    page.goto(f"{demo.address}desk/account/factors/passkeys/add/")
    page.fill("input[name=password]", demo.password)
    page.click("button.go")
    page.fill("input[name=name]", "My telephone")
    page.click("#passkey-add")
    expect(page.locator("ul.codes li")).to_have_count(10)
    page.goto(f"{demo.address}desk/account/factors/")
    expect(page.locator("text=My telephone").first).to_be_visible()
    page.locator("[popovertarget=menu]").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("input[name=login]")).to_be_visible()
    page.goto(f"{demo.address}desk/account/sessions/")
    page.click("#passkey-login")
    expect(page.get_by_role("heading", name="Where I am signed in")).to_be_visible()
    assert not refused


def test_a_passkey_that_is_not_there_is_said(browser: Browser, demo: Demo) -> None:
    context = browser.new_context(locale="en")
    page = context.new_page()
    with_device(page, verified=False)
    page.goto(f"{demo.address}desk/account/login/")
    page.click("#passkey-login")
    expect(page.locator("#passkey-error")).to_be_visible()
    context.close()
