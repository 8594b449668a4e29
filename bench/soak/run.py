"""Asks a server all that there is for some minutes, and publishes meanwhile."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from time import perf_counter

import typer

from bench.soak.connection import Answer, BrokenAnswerError, Connection
from bench.soak.findings import Findings, Sample
from bench.soak.publisher import Edit, write_edits
from bench.soak.server import Soaked
from bench.soak.traffic import Kind
from bench.traffic import Ask

CONNECTIONS = 8
"""So many ask at the same time, each the next thing when the last is answered."""

SAMPLE_SECONDS = 5
PUBLISH_SECONDS = 5
META = Ask("/v1/meta")


@dataclass(frozen=True)
class Soak:
    """A server, what it is asked for how many seconds, and who may publish."""

    server: Soaked
    requests: Iterator[tuple[Kind, Ask]]
    key: str
    seconds: float


def run(soak: Soak) -> Findings:
    """Return what was found; it is told as it comes."""
    return asyncio.run(_run(soak))


async def _run(soak: Soak) -> Findings:
    findings = Findings()
    start = perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(CONNECTIONS):
            group.create_task(_read(soak, findings, start + soak.seconds))
        group.create_task(_publish(soak, findings, start + soak.seconds))
        group.create_task(_sample(soak, findings, start))
    return findings


async def _read(soak: Soak, findings: Findings, end: float) -> None:
    connection = Connection(soak.server.port)
    tags: dict[str, str] = {}
    while perf_counter() < end:
        kind, ask = next(soak.requests)
        if kind.is_conditional and ask.path in tags:
            ask = replace(ask, headers={"If-None-Match": tags[ask.path]})
        answer = await _ask(connection, ask, kind.name, findings)
        if answer is None:
            continue
        if answer.status not in kind.statuses:
            findings.fail(f"{ask.path} is answered {answer.status}")
        elif kind.is_conditional:
            tags[ask.path] = answer.headers["etag"]
    connection.close()


async def _publish(soak: Soak, findings: Findings, end: float) -> None:
    connection = Connection(soak.server.port)
    for edit in write_edits():
        await asyncio.sleep(PUBLISH_SECONDS)
        if perf_counter() >= end:
            break
        meta = await _ask(connection, META, "operations", findings)
        if meta is not None:
            release = int(meta.headers["library-release"])
            await _write(connection, edit, soak.key, release, findings)
        # It would be closed on the other side before the next edit.
        connection.close()


async def _write(
    connection: Connection, edit: Edit, key: str, release: int, findings: Findings
) -> None:
    ask = edit.against(release, key)
    answer = await _ask(connection, ask, edit.name, findings)
    if answer is not None and answer.status != HTTPStatus.OK:
        findings.fail(f"{ask.path} is answered {answer.status}: {answer.body[:500]!r}")


async def _ask(
    connection: Connection, ask: Ask, kind: str, findings: Findings
) -> Answer | None:
    """Return an answer, none if there was no whole one."""
    start = perf_counter()
    try:
        answer = await connection.ask(ask.encode())
    except (OSError, TimeoutError, BrokenAnswerError) as error:
        findings.fail(f"{ask.path} is not answered: {error!r}")
        return None
    findings.times[kind].append(perf_counter() - start)
    return answer


async def _sample(soak: Soak, findings: Findings, start: float) -> None:
    due = start
    while due <= start + soak.seconds:
        await asyncio.sleep(max(0, due - perf_counter()))
        memory = await asyncio.to_thread(soak.server.memory)
        findings.samples.append(Sample(perf_counter() - start, memory))
        typer.echo(
            f"{due - start:5.0f} s  {memory:6.1f} MB  {findings.requests:9,} requests"
            f"  {findings.errors} errors"
        )
        due += SAMPLE_SECONDS
