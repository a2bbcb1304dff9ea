"""A pool of processes that answer public queries, each of which may be killed without harm to anyone else."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

from fasti.errors import ReleaseError
from fasti.sparql.limits import Limits
from fasti.sparql.problems import Problem, RefusalError, refuse
from fasti.sparql.process import Gone, Reply, UnusableError, Worker
from fasti.vocabulary import Vocabulary

_TRIES = 3  # how many workers in a row, beyond all those there were, may turn out to be unusable


class Pool:
    """The workers, and the requests that wait for one; a fork of the process must not use it."""

    def __init__(self, store: Path, vocabulary: Vocabulary, limits: Limits) -> None:
        self.limits = limits
        self._store, self._vocabulary = store, vocabulary
        self._generation = 0
        self._free: list[Worker] = []
        self._all: set[Worker] = set()
        self._line: list[object] = []  # who waits, the first first
        self._stopped = False
        self._changed = threading.Condition()
        self._switching = threading.Lock()
        # One thread starts every worker: a worker dies with the thread that started it.
        self._keeper = ThreadPoolExecutor(1, "sparql-keeper")
        self._keeper.submit(self._fill)

    def ask(self, job: Mapping[str, Any], text: bytes, seconds: float, gone: Gone | None = None) -> Reply:
        """Give the job to a worker and wait for the reply, `seconds` from the moment that a worker has it.

        Raises:
            RefusalError: 503 when no worker is free in time, when the deadline passes or the worker dies.
            ConnectionAbortedError: `gone` says that nobody waits for the answer; the worker has been stopped.
        """
        give_up = time.monotonic() + self.limits.queue_seconds
        for _ in range(self.limits.workers + _TRIES):
            worker = self._take(give_up)
            if gone is not None and gone():
                self._give_back(worker)
                raise ConnectionAbortedError
            try:
                worker.await_ready()
                reply = worker.ask({**job, "seconds": seconds}, text, time.monotonic() + seconds, gone)
            except (UnusableError, ReleaseError):
                self._discard(worker)
                continue
            except TimeoutError:
                self._discard(worker)
                raise _too_slow(seconds) from None
            except (EOFError, OSError, ValueError) as error:
                if isinstance(error, ConnectionAbortedError):
                    self._discard(worker)
                    raise
                raise self._post_mortem(worker, seconds) from None
            except BaseException:
                self._discard(worker)
                raise
            self._give_back(worker)
            return reply
        raise refuse(503, "unavailable", "no worker can open the store of this release")

    def switch(self, store: Path) -> None:
        """Answer from another store from now on; queries that are running end on the one they began with.

        Raises:
            ReleaseError: no worker can open it; the pool stays with the store it has.
        """
        with self._switching:
            self._adopt(store, self._opened(store))

    def _opened(self, store: Path) -> Worker:
        """A worker that has opened the store; those that are killed meanwhile say nothing about it."""
        give_up = time.monotonic() + self.limits.queue_seconds
        for attempt in count(1):
            first = self._keeper.submit(self._start, store, self._generation + 1).result()
            try:
                first.await_ready()
            except UnusableError:
                first.end()
                if attempt >= _TRIES and time.monotonic() > give_up:
                    break
            except ReleaseError:
                first.end()
                raise
            else:
                return first
        raise ReleaseError(f"{store}: no worker could open it")

    def _adopt(self, store: Path, first: Worker) -> None:
        with self._changed:
            self._generation, self._store = first.generation, store
            old, self._free = self._free, [first]
            self._all = {first}
            self._changed.notify_all()
        for worker in old:
            worker.end()
        self._keeper.submit(self._fill)

    def stop(self) -> None:
        """End all workers, whatever they are doing; requests that wait are turned away."""
        with self._changed:
            self._stopped = True
            workers, self._all, self._free = self._all, set(), []
            self._changed.notify_all()
        for worker in workers:
            worker.process.kill()
        self._keeper.shutdown(wait=True)
        for worker in workers:
            worker.end()

    def belts(self) -> tuple[str, ...]:
        """What the kernel holds for the workers: see `confinement`."""
        give_up = time.monotonic() + self.limits.queue_seconds
        worker = self._take(give_up)
        worker.await_ready()
        self._give_back(worker)
        return worker.held

    def _take(self, give_up: float) -> Worker:
        with self._changed:
            self._bury()
            if not self._free and len(self._line) >= self.limits.queue:
                raise _busy()
            place = object()
            self._line.append(place)
            try:
                while not self._free or self._line[0] is not place:
                    left = give_up - time.monotonic()
                    if self._stopped or left <= 0:
                        raise _busy()
                    self._changed.wait(left)
                return self._free.pop()
            finally:
                self._line.remove(place)
                self._changed.notify_all()

    def _bury(self) -> None:
        """Free workers that somebody else has killed."""
        for worker in [each for each in self._free if each.process.poll() is not None]:
            self._free.remove(worker)
            self._discard(worker)

    def _give_back(self, worker: Worker) -> None:
        with self._changed:
            if worker.generation == self._generation and not self._stopped:
                self._free.append(worker)
                self._changed.notify_all()
                return
        worker.end()

    def _discard(self, worker: Worker) -> None:
        """Start another in its place, then bury it; both by the keeper, so that nobody waits for it."""
        with self._changed:
            self._all.discard(worker)
            if not self._stopped:
                self._keeper.submit(self._fill)
                self._keeper.submit(worker.end)
                return
        worker.end()

    def _post_mortem(self, worker: Worker, seconds: float) -> RefusalError:
        with self._changed:
            self._all.discard(worker)
            stopped = self._stopped
            if not stopped:
                self._keeper.submit(self._fill)
        status = worker.end()
        if status == -signal.SIGXCPU:
            return _too_slow(seconds)
        if status == -signal.SIGABRT and not stopped:
            return out_of_memory(self.limits)
        detail = "the process that worked on this query ended unexpectedly; nothing else is affected"
        return RefusalError(Problem(503, "worker-died", detail, retry_after=1))

    def _fill(self) -> None:
        """Bring the pool to its size; the keeper's work."""
        while True:
            with self._changed:
                if self._stopped or len(self._all) >= self.limits.workers:
                    return
                store, generation = self._store, self._generation
            try:
                worker = self._start(store, generation)
            except OSError:  # no process or memory to be had: try again while the machine recovers
                time.sleep(0.5)
                continue
            with self._changed:
                wanted = generation == self._generation and not self._stopped
                if wanted:
                    self._all.add(worker)
                    self._free.insert(0, worker)  # one that is warm goes first
                    self._changed.notify_all()
            if not wanted:
                worker.end()

    def _start(self, store: Path, generation: int) -> Worker:
        return Worker(store, self._vocabulary, self.limits, generation)


def out_of_memory(limits: Limits) -> RefusalError:
    """The problem of a query that would need more memory than a worker may take."""
    detail = f"the query needs more than {limits.memory_bytes >> 20} MiB of memory: narrow it"
    return refuse(503, "out-of-memory", detail)


def _too_slow(seconds: float) -> RefusalError:
    detail = f"the query was stopped at its deadline of {seconds:g} seconds: narrow it"
    return refuse(503, "deadline", detail)


def _busy() -> RefusalError:
    detail = "all workers are busy, and so is the queue; try again shortly"
    return RefusalError(Problem(503, "busy", detail, retry_after=5))
