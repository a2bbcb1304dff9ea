"""`/metrics`: what an operator watches, in Prometheus' text format."""

from __future__ import annotations

import time
from collections.abc import Iterable

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from fasti.errors import ReleaseError, StoreError
from fasti.web.current import release
from fasti.web.ready import ROUTE

bp = Blueprint("metrics", __name__)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
# What becomes of a query that ends its worker: the process is killed or dies, and another takes its place.
DEADLY = ("deadline", "worker-died", "out-of-memory")


class Metrics:
    """The numbers of one application; routes, not paths, so that visitors cannot make up new series."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # a time stamp beside each series tells an operator nothing
        self.registry = registry = CollectorRegistry()
        self.requests = Counter(
            "fasti_http_requests",
            "Requests by method, route and status.",
            ("method", "route", "status"),
            registry=registry,
        )
        self.seconds = Histogram(
            "fasti_http_request_seconds",
            "Seconds from the request to its response.",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        self.busy = Gauge("fasti_sparql_busy", "Public queries that are waiting or running.", registry=registry)
        self.outcomes = Counter(
            "fasti_sparql_answers",
            "Public queries by outcome: ok, or the problem's code.",
            ("outcome",),
            registry=registry,
        )
        self.deaths = Counter(
            "fasti_sparql_worker_deaths",
            "Worker processes that a query ended, by reason.",
            ("reason",),
            registry=registry,
        )
        for reason in DEADLY:
            self.deaths.labels(reason)
        self._series: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._outcomes: dict[str, Counter] = {}
        registry.register(_CurrentRelease())
        ProcessCollector(registry=registry)

    def count(self, method: str, route: str, status: int, seconds: float | None) -> None:
        """Count a request, and how long its answer took; None for one that was refused at the door."""
        key = (method, route, status)
        if key not in self._series:  # looking series up by their labels takes longer than a ready answer
            self._series[key] = (self.requests.labels(*key), self.seconds.labels(route))
        requests, times = self._series[key]
        requests.inc()
        if seconds is not None:
            times.observe(seconds)

    def answered(self, outcome: str) -> None:
        """Count a public query by what became of it."""
        if outcome not in self._outcomes:
            self._outcomes[outcome] = self.outcomes.labels(outcome)
        self._outcomes[outcome].inc()
        if outcome in DEADLY:
            self.deaths.labels(outcome).inc()


class _CurrentRelease(Collector):
    """Which release answers; nothing while there is none."""

    def collect(self) -> Iterable[Metric]:
        """One info metric."""
        family = InfoMetricFamily("fasti_release", "The release that is served.")
        try:
            current = release()
        except (ReleaseError, StoreError):
            return []
        family.add_metric((), {"id": current.id, "created": current.created.isoformat(), "code": current.code})
        return [family]

    def describe(self) -> Iterable[Metric]:
        """Its name, without a release."""
        return [InfoMetricFamily("fasti_release", "The release that is served.")]


@bp.get("/metrics")
def metrics() -> Response:
    """All of them."""
    response = Response(generate_latest(metrics_of(current_app).registry), content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def metrics_of(app: Flask) -> Metrics:
    """The application's numbers."""
    found: Metrics = app.extensions["fasti.metrics"]
    return found


def register(app: Flask) -> None:
    """Count every request of the application."""
    app.extensions["fasti.metrics"] = Metrics()
    app.before_request(_begin)
    app.after_request(_count)


def _begin() -> None:
    g.began = time.perf_counter()


def _count(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule is not None else "none"
    method = request.method if request.method in _METHODS else "other"
    request.environ[ROUTE] = route
    seconds = time.perf_counter() - g.began if "began" in g else None
    metrics_of(current_app).count(method, route, response.status_code, seconds)
    return response


_METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
