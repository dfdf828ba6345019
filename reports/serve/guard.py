"""Who may ask: this computer's own browser, from the page itself. Everybody else is refused before any work is done.

- The ``Host`` header must name this computer and port: a foreign name that resolves to 127.0.0.1 (DNS rebinding) is
  refused.
- Whatever changes something is a POST with the token of the page in a header. Another site can neither read the token
  nor send the header; what it sends is refused by ``Origin`` and ``Sec-Fetch-Site`` besides.
- Another site may link to a page, but not load one as a picture, script or frame.
- Every body states its length, which has a limit.
- Pages load nothing from elsewhere and cannot be framed (Content-Security-Policy).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN = "x-gigasite-token"
LARGEST_BODY = 64 << 20
SAFE = ("GET", "HEAD")

OWN_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
REPORTS = (
    "sandbox allow-scripts allow-downloads allow-popups allow-modals; default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data: blob:; font-src data:; worker-src blob:; frame-ancestors 'none'"
)
"""A report brings its scripts inside; in a sandbox they reach neither the page, nor its token, nor the network."""

HEADERS = {
    "content-security-policy": OWN_PAGES,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """Stands in front of an application.

    Parameters
    ----------
    app : ASGI application
    hosts : iterable of str
        Values of ``Host`` that mean this server, with the port.
    token : str
        What a POST must carry.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], token: str) -> None:
        self._app, self._hosts, self._token = app, frozenset(hosts), token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(str(scope["method"]), Headers(scope=scope))
        answer = self._app if refusal is None else PlainTextResponse(refusal[1], refusal[0])
        await answer(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        if headers.getlist("host") != [headers.get("host", "")] or headers.get("host", "").lower() not in self._hosts:
            return 421, "This server answers on this computer only, by the address that it printed."
        if method in SAFE:
            embedded = headers.get("sec-fetch-mode", "navigate") != "navigate"
            foreign = headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")
            return (403, "The request comes from another site.") if embedded and foreign else None
        if method != "POST":
            return 405, "Only GET and POST are known."
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
        if (origin is not None and origin.lower() not in {f"http://{host}" for host in self._hosts}) or site not in (
            "same-origin",
            "none",
        ):
            return 403, "The request comes from another site."
        if not secrets.compare_digest(headers.get(TOKEN, "").encode(), self._token.encode()):
            return 403, "The page is older than the server. Load it again; your text is kept."
        length = headers.get("content-length", "")
        if not length.isdigit():
            return 411, "The request must state its length."
        return (413, f"Larger than {LARGEST_BODY >> 20} MB.") if int(length) > LARGEST_BODY else None
