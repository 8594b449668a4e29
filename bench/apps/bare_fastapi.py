"""FastAPI with nothing behind it: what its import and its routing take."""

from fastapi import FastAPI, Response

BODY = b"x" * 10_000

app = FastAPI()


@app.get("/item")
async def get_item() -> Response:
    return Response(BODY, media_type="application/json")
