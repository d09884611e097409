# Two stages: the first has pip and the lock file, the second only what runs.
FROM python:3.11-slim-bookworm AS build

WORKDIR /app
RUN python -m venv /opt/venv
COPY requirements.lock ./
RUN /opt/venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
# Installed in place: content and config are found beside the program, in a clone as in the image.
RUN /opt/venv/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation -e . \
    && /opt/venv/bin/python -m pip uninstall --yes setuptools pip


FROM python:3.11-slim-bookworm

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PRACTICE_BOT_HEALTH__PORT=8080 \
    PRACTICE_BOT_PAGE__PORT=0

WORKDIR /app
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin practice \
    && mkdir /data \
    && chown practice /data
COPY --from=build /opt/venv /opt/venv
COPY bot bot
COPY content content
COPY config config
RUN python -m compileall -q bot

USER 10001
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8080, timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
CMD ["practice-bot", "run", "--data", "/data"]
