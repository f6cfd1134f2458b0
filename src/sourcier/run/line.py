"""The server's end of a connection, which an application can take over."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from sourcier.publish.live import LINE


class Line(H11Protocol):
    """uvicorn's HTTP protocol with the ASGI extension `LINE`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Offer the extension to the application in each request of this connection."""
        super().connection_made(transport)
        application = self.app

        async def offering(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
            scope.setdefault("extensions", {})[LINE] = self._hand_over
            await application(scope, receive, send)

        self.app = offering

    def _hand_over(self, protocol: asyncio.BaseProtocol) -> asyncio.Transport:
        """Leave the connection to `protocol`. For uvicorn it is lost; an error spares the transport."""
        transport = self.transport
        transport.set_protocol(protocol)
        super().connection_lost(ConnectionAbortedError("handed over"))
        transport.resume_reading()
        return transport
