"""The server: Django and the readers' stream in one process, with the engine's thread beside them."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from typing import cast

import uvicorn
from django.conf import settings

from sourcier.desk import clock, signals, store
from sourcier.desk.people.roles import may
from sourcier.publish.live import Application, Hub, with_live
from sourcier.run.callback import with_callback
from sourcier.run.desk_stream import Desks, with_desks
from sourcier.run.line import Line
from sourcier.run.outgoing import Outgoing
from sourcier.run.readers import Publish, Readers
from sourcier.run.subscriptions import Subscriptions
from sourcier.run.tidying import Tidying
from sourcier.types import Story


def free_port(host: str, wanted: int, tries: int = 20) -> int:
    """Return `wanted`, or the next port after it that nothing listens on.

    Raises OSError where none of `tries` ports is free.
    """
    for port in range(wanted, wanted + tries):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {wanted} to {wanted + tries - 1} on {host}")


class _Announcing(uvicorn.Server):
    """A server that says when it listens: an address is not printed before it answers.

    It ends the streams of readers and desks when it stops.
    """

    def __init__(
        self, config: uvicorn.Config, streams: Sequence[Hub | Desks], ready: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._streams = streams
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for streams in self._streams:
            streams.close()
        await super().shutdown(sockets)


class Server:
    """Serves the stories of a prepared data folder until interrupted; what is scheduled goes out meanwhile.

    `ready` is called once the port listens; `carriers` are given each update besides the tabs that are open
    here; `subscriptions` are those whose hubs reach us here.
    """

    def __init__(
        self,
        host: str,
        port: int,
        ready: Callable[[], None],
        carriers: Sequence[Publish] = (),
        subscriptions: Subscriptions | None = None,
    ) -> None:
        from sourcier.desk.asgi import application

        self.hub = Hub()
        self.readers = Readers((self.hub.publish, *carriers), _present)
        self.outgoing = Outgoing(clock.now)
        self.tidying = Tidying(clock.real)
        signals.changed.connect(self.readers.changed)
        self.desks = Desks(_door)
        signals.changed.connect(self.desks.wall)
        signals.moved.connect(self.desks.moved)
        served = with_live(cast("Application", application), self.hub)
        served = with_desks(served, self.desks, settings.SESSION_COOKIE_NAME)
        config = uvicorn.Config(
            with_callback(served, subscriptions) if subscriptions else served,
            host=host,
            port=port,
            http=Line,
            log_level="warning",
            timeout_graceful_shutdown=2,
        )
        self._server = _Announcing(config, (self.hub, self.desks), ready)

    def serve(self) -> None:
        """Serve until Ctrl-C or SIGTERM."""
        for slug, _ in store.stories():
            self.readers.changed(slug)
        self.readers.start()
        self.outgoing.start()
        self.tidying.start()
        try:
            self._server.run()
        finally:
            self.outgoing.stop()
            self.tidying.stop()
            self.outgoing.join(timeout=5)
            self.tidying.join(timeout=5)
            signals.changed.disconnect(self.readers.changed)
            signals.changed.disconnect(self.desks.wall)
            signals.moved.disconnect(self.desks.moved)
            self.readers.stop()
            self.readers.join(timeout=5)


def _present(slug: str) -> Story:
    return store.story(slug, now=clock.now())


def _door(session: str, story: str) -> str:
    user = store.user_of(session)
    return user.get_username() if user and may(user, "read", story) else ""
