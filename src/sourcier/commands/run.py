"""Run the desk: poll the doors of sources.toml, read, weave, and serve the live page and the desk."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from sourcier.commands.contact import add_contact
from sourcier.commands.serve import add_address, data_folder, say
from sourcier.commands.streams import BAD_INPUT, WRONG_USAGE, Reporter
from sourcier.desk.people.rights import ROLES

if TYPE_CHECKING:
    from sourcier.gather import State, StoryConfig
    from sourcier.gather.web import Web
    from sourcier.problems import Problem
    from sourcier.run.hubs import Hubs
    from sourcier.run.metrics import Metrics
    from sourcier.run.polling import Polling
    from sourcier.run.relay import Relay
    from sourcier.run.subscriptions import Subscriptions
    from sourcier.types import Capture, Source, SourceHealth

NAME = "run"
HELP = "poll sources and serve the live page and the desk"


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``sourcier run``."""
    parser.add_argument("sources", metavar="SOURCES.TOML")
    parser.add_argument("--data", default="data", help="data folder (default ./%(default)s)")
    parser.add_argument(
        "--auto",
        action="store_true",
        help="publish proposals without an editor, until one sets rules (default: drafts)",
    )
    parser.add_argument(
        "--user",
        metavar="NAME",
        help="let this person in, or change their password; it is read from $SOURCIER_PASSWORD",
    )
    parser.add_argument(
        "--role",
        choices=ROLES,
        default="administrator",
        help="the role of that person in all stories (default: %(default)s)",
    )
    parser.add_argument(
        "--metrics",
        metavar="[HOST:]PORT",
        type=_address,
        help="answer a Prometheus server there, at /metrics (default: nobody; host 127.0.0.1)",
    )
    add_contact(parser)
    add_address(parser)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not port.isdecimal():
        raise ArgumentTypeError(f"not a port: {text!r}")
    return host or "127.0.0.1", int(port)


def run(arguments: Namespace) -> int:
    """Serve until Ctrl-C."""
    from sourcier.gather import load_sources

    reporter = Reporter()
    sources, stories, problems = load_sources(arguments.sources)
    for problem in problems:
        reporter.report(problem)
    if not stories:
        return BAD_INPUT
    password = os.environ.get("SOURCIER_PASSWORD", "")
    if arguments.user and not password:
        say("sourcier run: --user needs the password in $SOURCIER_PASSWORD")
        return WRONG_USAGE

    from sourcier.desk.setup import ensure_user, prepare

    prepare(data_folder(arguments.data))
    if arguments.user:
        ensure_user(arguments.user, password, arguments.role)
    _serve(arguments, sources, stories, reporter)
    return reporter.exit_code


def _serve(
    arguments: Namespace,
    sources: Sequence[Source],
    stories: Sequence[StoryConfig],
    reporter: Reporter,
) -> None:
    from sourcier.desk import actions, clock, store
    from sourcier.gather import State
    from sourcier.gather.sources import load_contact
    from sourcier.gather.web import Web
    from sourcier.run.notices import telling
    from sourcier.run.server import Server, free_port

    for story in stories:
        store.open_story(
            story.slug,
            story.titles,
            zone=story.zone,
            languages=story.languages,
            now=clock.now(),
        )
        actions.start_rules(story.slug, autopublish=arguments.auto, now=clock.now())
    port = free_port(arguments.host, arguments.port)
    with ExitStack() as ends:
        contact = arguments.contact or load_contact(arguments.sources)
        web = ends.enter_context(Web(contact=contact))
        state = State(folder=data_folder(arguments.data) / "doors")
        polling, metrics = _polling(arguments, sources, stories[0].slug, state, web, reporter)
        subscriptions = _subscriptions(sources, polling, state, web, reporter)
        if subscriptions:
            ends.callback(subscriptions.stop)
        if arguments.metrics:
            ends.callback(metrics.serve(*arguments.metrics))
        if hubs := _hubs(web, reporter):
            ends.callback(hubs.stop)
        if relay := _relay(reporter):
            ends.callback(relay.stop)
        notices = telling(web, f"http://{arguments.host}:{port}/", reporter.report)
        notices.start()
        ends.callback(notices.stop)

        where = f"http://{arguments.host}:{port}"
        first = _first_link(f"{where}/")

        def ready() -> None:
            say(f"Live page   {where}/\nDesk        {where}/desk/\n")
            if first:
                say(first)
            polling.start()
            ends.callback(polling.end)
            if subscriptions:
                subscriptions.start()

        with suppress(KeyboardInterrupt):  # the server may have taken it already
            carriers = [relay.publish] if relay else []
            Server(arguments.host, port, ready, carriers, subscriptions).serve()
        say("\nStopped.")


def _first_link(where: str) -> str:
    """Return what to say of how the first administrator comes in; empty where there is one."""
    from django.conf import settings

    from sourcier.desk.setup import first_link

    # Passkeys are bound to a name: one that is made at a number works nowhere.
    link = first_link(settings.URL or where.replace("//127.0.0.1", "//localhost"))
    told = "Nobody administers this desk yet. Open this link, once, within a day:"
    return f"{told}\n{link}\n" if link else ""


def _polling(
    arguments: Namespace,
    sources: Sequence[Source],
    story: str,
    state: State,
    web: Web,
    reporter: Reporter,
) -> tuple[Polling, Metrics]:
    """Return what polls the doors, reads, weaves and files, and what counts it."""
    from sourcier.desk import actions, clock, store
    from sourcier.gather.evidence import Evidence
    from sourcier.run.engine import Engine
    from sourcier.run.metrics import Metrics
    from sourcier.run.polling import Polling
    from sourcier.run.routing import routed

    def report(problem: Problem) -> None:
        metrics.problems.labels(problem.code).inc()
        reporter.report(problem)

    def take(story: str, captures: Sequence[Capture]) -> None:
        for slug, own in routed(story, captures, store.all_settings()).items():
            with metrics.filing.time():
                taken = engine.take(slug, own, clock.now())
            metrics.took(taken)
            say(
                f"{slug}: {taken.captures} captures, {taken.claims} claims, {taken.changes} changes"
            )

    def tell(health: SourceHealth) -> None:
        if actions.save_health(health, now=clock.now()) and health.needs_a_look:
            say(f"source {health.source}: {health.state} {health.message or health.moved or ''}")

    engine = Engine(report=report)
    data = data_folder(arguments.data)
    polling = Polling(
        sources,
        story=story,
        state=state,
        web=web,
        evidence=Evidence(data / "evidence"),
        now=clock.now,
        take=take,
        report=report,
        tell=tell,
        prepare=lambda: engine.warm({code for source in sources for code in source.languages}),
    )
    metrics = Metrics(polling.health)
    return polling, metrics


def _subscriptions(
    sources: Sequence[Source], polling: Polling, state: State, web: Web, reporter: Reporter
) -> Subscriptions | None:
    """Return what subscribes to the feeds that name a hub; null where hubs can't reach us."""
    from django.conf import settings

    from sourcier.desk import clock
    from sourcier.run.subscriptions import Subscriptions

    if not settings.URL:
        return None
    return Subscriptions(
        sources,
        settings.URL,
        state=state,
        web=web,
        now=clock.now,
        wake=polling.wake,
        report=reporter.report,
    )


def _hubs(web: Web, reporter: Reporter) -> Hubs | None:
    """Start telling the hubs of publications; null where none are set, or no address for readers."""
    from django.conf import settings

    from sourcier.desk import clock, signals, store
    from sourcier.run.hubs import Hubs

    if not settings.HUBS:
        return None
    if not settings.URL:
        say("sourcier run: SOURCIER_HUBS needs the public address in SOURCIER_URL; no hub is told")
        return None
    hubs = Hubs(
        settings.HUBS,
        settings.URL,
        web=web,
        outline=lambda slug: store.outline(slug, now=clock.now()),
        report=reporter.report,
    )
    signals.changed.connect(hubs.changed)
    hubs.start()
    return hubs


def _relay(reporter: Reporter) -> Relay | None:
    """Start handing updates to the relay in front; null where there is none."""
    from django.conf import settings

    from sourcier.run.relay import Relay

    if not settings.RELAY:
        return None
    relay = Relay(settings.RELAY, report=reporter.report)
    relay.start()
    return relay
