FROM python:3.13-slim AS build
WORKDIR /srv/whatnext
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
# With MCP: --build-arg LOCK=requirements-mcp.lock
ARG LOCK=requirements.lock
COPY ${LOCK} .
RUN pip install --no-cache-dir --require-hashes --requirement ${LOCK}
COPY pyproject.toml README.md ./
COPY app app
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable .

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin whatnext \
    && install --directory --owner whatnext /data
WORKDIR /srv/whatnext
COPY --from=build /opt/venv /opt/venv
COPY pyproject.toml README.md ./
COPY app app
COPY migrations migrations
COPY seed_data seed_data
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/whatnext.db
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
CMD ["whatnext", "serve", "--host", "0.0.0.0"]
