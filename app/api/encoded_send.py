"""Answers that are made for one request alone: made smaller as they are sent."""

from starlette.types import Message, Send

from app.api.content_codings import WORTHWHILE, encode_aside
from app.api.representations import Headers


class EncodedSend:
    """Sends a body of one piece in a coding, and passes everything else on."""

    def __init__(self, send: Send, coding: str) -> None:
        self._send = send
        self._coding = coding
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if self._start is not None:
            start, self._start = self._start, None
            if self._is_worthwhile(message):
                body = await encode_aside(message["body"], self._coding)
                message = {**message, "body": body}
                start = {**start, "headers": self._describe(start["headers"], body)}
            await self._send(start)
        await self._send(message)

    def _is_worthwhile(self, message: Message) -> bool:
        body: bytes = message.get("body", b"")
        return not message.get("more_body", False) and len(body) >= WORTHWHILE

    def _describe(self, headers: Headers, body: bytes) -> Headers:
        kept = [one for one in headers if one[0] not in (b"content-length", b"vary")]
        varying = [value for name, value in headers if name == b"vary"]
        return [
            *kept,
            (b"content-length", b"%d" % len(body)),
            (b"content-encoding", self._coding.encode()),
            (b"vary", b", ".join([*varying, b"Accept-Encoding"])),
        ]
