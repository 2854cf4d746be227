# The command line of Pouch, for a site that is mounted at /site:
#   docker build --tag pouch . && docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/site" pouch build
FROM python:3.12-slim AS build
COPY . /src
RUN python -m venv /opt/pouch \
 && /opt/pouch/bin/pip install --no-cache-dir --require-hashes --no-deps --requirement /src/requirements/runtime.txt \
 && /opt/pouch/bin/pip install --no-cache-dir --no-deps --no-build-isolation /src

FROM python:3.12-slim
# `pouch diff` compares with a revision of git.
RUN apt-get update && apt-get install --yes --no-install-recommends git && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --create-home pouch \
 # A mounted repository may belong to another user than the one in here, whom `--user` names.
 && git config --system --add safe.directory /site
COPY --from=build /opt/pouch /opt/pouch
ENV PATH=/opt/pouch/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER pouch
WORKDIR /site
ENTRYPOINT ["pouch"]
