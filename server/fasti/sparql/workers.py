"""A pool of processes that answer public queries, each of which may be killed without harm to anyone else."""

from __future__ import annotations

import contextlib
import logging
import selectors
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from fasti.errors import ReleaseError
from fasti.sparql import channel
from fasti.sparql.limits import Limits
from fasti.sparql.problems import Problem, RefusalError, refuse
from fasti.sparql.process import START_SECONDS, Gone, Reply, UnusableError, Worker
from fasti.vocabulary import Vocabulary

_TRIES = 3  # how many workers in a row, beyond all those there were, may turn out to be unusable
_GLANCE = 0.1  # seconds between two looks at deadlines, and at clients that have gone
_log = logging.getLogger(__name__)

Outcome = Reply | RefusalError | ConnectionAbortedError
Then = Callable[[Outcome], object]
"""Is told what became of a job, in a thread that it must not hold up."""


@dataclass(slots=True, eq=False)
class _Job:
    """Something for a worker to do, and who waits for it."""

    message: bytes
    seconds: float
    then: Then
    gone: Gone | None
    until: float
    """A time of `time.monotonic`: while it waits when it gives up, then its deadline."""
    tries: int = 0

    def end(self, outcome: Outcome) -> None:
        """Tell who waits; whatever that raises is nobody else's trouble."""
        try:
            self.then(outcome)
        except Exception:
            _log.exception("an answer could not be handed on")


class Pool:
    """The workers, and the jobs that wait for one; a fork of the process must not use it.

    One thread receives all replies: it gives the worker its next job before it hands the reply on.
    """

    def __init__(self, store: Path, vocabulary: Vocabulary, limits: Limits) -> None:
        self.limits = limits
        self._store, self._vocabulary = store, vocabulary
        self._generation = 0
        self._all: set[Worker] = set()
        self._free: list[Worker] = []  # that have no job; while there is one, nobody waits
        self._at_work: dict[Worker, _Job] = {}
        self._line: deque[_Job] = deque()  # who waits, the first first
        self._stopped = False
        self._lock = threading.Lock()
        self._switching = threading.Lock()
        self._selector = selectors.DefaultSelector()
        # One thread starts every worker: a worker dies with the thread that started it.
        self._keeper = ThreadPoolExecutor(1, "sparql-keeper")
        self._keeper.submit(self._fill)
        self._receiver = threading.Thread(target=self._receive, name="sparql-receiver", daemon=True)
        self._receiver.start()

    def ask(self, job: Mapping[str, Any], text: bytes, seconds: float, gone: Gone | None = None) -> Reply:
        """Give the job to a worker and wait for the reply; see `submit`.

        Raises:
            RefusalError: 503 when no worker is free in time, when the deadline passes or the worker dies.
            ConnectionAbortedError: `gone` says that nobody waits for the answer; the worker has been stopped.
        """
        outcomes: SimpleQueue[Outcome] = SimpleQueue()
        self.submit(job, text, seconds, outcomes.put, gone)
        outcome = outcomes.get()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def submit(
        self, job: Mapping[str, Any], text: bytes, seconds: float, then: Then, gone: Gone | None = None
    ) -> None:  # fmt: skip
        """Give the job to a worker, or let it wait for one, and come back at once.

        Args:
            job: the header of the message.
            text: its body.
            seconds: the deadline, from the moment that a worker has it.
            then: is given the reply, or the exception of `ask`, once; perhaps before this returns.
            gone: says whether nobody waits for the reply any more.
        """
        message = channel.frame({**job, "seconds": seconds}, text)
        asked = _Job(message, seconds, then, gone, time.monotonic() + self.limits.queue_seconds)
        worker = None
        with self._lock:
            refused = self._stopped or (not self._free and len(self._line) >= self.limits.queue)
            if not refused and self._free:
                worker = self._assign(self._free.pop(), asked)
            elif not refused:
                self._line.append(asked)
        if refused:
            asked.end(_busy())
        elif worker is not None:
            self._give(worker, asked)

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
        with self._lock:
            self._generation, self._store = first.generation, store
            old, self._free, self._all = self._free, [], set()
            self._join(first)
        self._hand_out()
        for worker in old:
            self._bury(worker)
        self._keeper.submit(self._fill)

    def stop(self) -> None:
        """End all workers, whatever they are doing; jobs that wait are turned away."""
        with self._lock:
            self._stopped = True
            workers, waiting = self._all | self._at_work.keys(), [*self._line]
            self._all, self._free = set(), []
            self._line.clear()
        for worker in workers:
            worker.process.kill()
        for job in waiting:
            job.end(_busy())
        self._keeper.shutdown(wait=True)
        self._receiver.join()
        for worker in workers:
            if worker in self._at_work:
                self._at_work.pop(worker).end(_died())
            worker.end()
        self._selector.close()

    def belts(self) -> tuple[str, ...]:
        """What the kernel holds for the workers: see `confinement`."""
        header, _ = self.ask({"task": "belts"}, b"", self.limits.seconds)
        return tuple(header["held"])

    def _assign(self, worker: Worker, job: _Job) -> Worker:
        """Note that a worker has a job; its deadline counts from when the worker can begin."""
        self._at_work[worker] = job
        job.until = time.monotonic() + (job.seconds if worker.ready else START_SECONDS)
        return worker

    def _hand_out(self) -> None:
        """Give workers that are free to those who wait."""
        while True:
            with self._lock:
                if not self._free or not self._line:
                    return
                job = self._line.popleft()
                worker = self._assign(self._free.pop(), job)
            self._give(worker, job)

    def _give(self, worker: Worker, job: _Job) -> None:
        """Send a job to its worker; if it does not get there, another one has it."""
        try:
            worker.send(job.message)
        except UnusableError:
            self._try_another(worker)

    def _try_another(self, worker: Worker) -> None:
        """Part with a worker that did not so much as begin: its job goes to the next one, if not to too many."""
        job = self._part_with(worker)
        if job is None:
            return
        job.tries += 1
        job.until = time.monotonic() + self.limits.queue_seconds
        if job.tries >= self.limits.workers + _TRIES:
            job.end(refuse(503, "unavailable", "no worker can open the store of this release"))
            return
        with self._lock:
            if not (stopped := self._stopped):
                self._line.appendleft(job)
        if stopped:
            job.end(_busy())
        self._hand_out()

    def _part_with(self, worker: Worker) -> _Job | None:
        """End a worker and have another one started in its place, which the keeper does, so that nobody waits for it.

        Returns:
            Its job, if it has one.
        """
        with self._lock:
            job = self._at_work.pop(worker, None)
            self._all.discard(worker)
            if worker in self._free:
                self._free.remove(worker)
            if not self._stopped:
                self._keeper.submit(self._fill)
        self._bury(worker)
        return job

    def _bury(self, worker: Worker) -> None:
        self._forget(worker)
        with self._lock:
            if not self._stopped:
                self._keeper.submit(worker.end)
                return
        worker.end()

    def _forget(self, worker: Worker) -> None:
        """Listen to a worker no longer."""
        with contextlib.suppress(KeyError, ValueError):  # nobody does
            self._selector.unregister(worker)

    def _join(self, worker: Worker) -> None:
        """Make a worker one of the pool; one that is warm goes first."""
        self._all.add(worker)
        self._free.insert(0, worker)
        self._selector.register(worker, selectors.EVENT_READ)

    def _receive(self) -> None:
        """Receive replies, and look after deadlines; the receiver's work, until the pool is stopped."""
        look = time.monotonic() + _GLANCE
        while not self._stopped:
            for key, _ in self._selector.select(_GLANCE):
                self._received(key.fileobj)  # type: ignore[arg-type] # only workers are registered
            if time.monotonic() >= look:
                self._look()
                look = time.monotonic() + _GLANCE

    def _received(self, worker: Worker) -> None:
        """Something has come from a worker. One that ends without a job is parted with by whoever wants to use it."""
        was_ready = worker.ready
        try:
            reply = worker.receive()
        except ReleaseError:
            self._forget(worker)
            if worker in self._at_work:
                self._try_another(worker)
        except (EOFError, OSError, ValueError):
            self._forget(worker)
            if worker in self._at_work:
                self._ended(worker)
        else:
            if reply is not None:
                self._replied(worker, reply)
            elif worker.ready and not was_ready:
                self._started(worker)

    def _started(self, worker: Worker) -> None:
        with self._lock:
            if (job := self._at_work.get(worker)) is not None:
                self._assign(worker, job)

    def _replied(self, worker: Worker, reply: Reply) -> None:
        following = None
        with self._lock:
            done = self._at_work.pop(worker, None)
            wanted = worker.generation == self._generation and not self._stopped
            if wanted and self._line:
                following = self._line.popleft()
                self._assign(worker, following)
            elif wanted:
                self._free.append(worker)
        if following is not None:
            self._give(worker, following)
        elif not wanted:
            self._bury(worker)
        if done is not None:
            done.end(reply)

    def _ended(self, worker: Worker) -> None:
        """A worker has died with a job: of it, if it had begun."""
        if not worker.ready:
            self._try_another(worker)
            return
        with self._lock:
            if not self._stopped:
                self._keeper.submit(self._post_mortem, worker)

    def _post_mortem(self, worker: Worker) -> None:
        status = worker.end()
        job = self._part_with(worker)
        if job is None:
            return
        if status == -signal.SIGXCPU:
            job.end(_too_slow(job.seconds))
        elif status == -signal.SIGABRT and not self._stopped:
            job.end(out_of_memory(self.limits))
        else:
            job.end(_died())

    def _look(self) -> None:
        """End what is overdue, and what nobody waits for."""
        now = time.monotonic()
        with self._lock:
            at_work, waiting = [*self._at_work.items()], [*self._line]
        for worker, job in at_work:
            if now >= job.until and not worker.ready:
                self._try_another(worker)
            elif now >= job.until and self._part_with(worker) is job:
                job.end(_too_slow(job.seconds))
            elif job.gone is not None and job.gone() and self._part_with(worker) is job:
                job.end(ConnectionAbortedError())
        for job in waiting:
            gone = job.gone is not None and job.gone()
            if (gone or now >= job.until) and self._leaves(job):
                job.end(ConnectionAbortedError() if gone else _busy())

    def _leaves(self, job: _Job) -> bool:
        """Let a job wait no longer; whether it did."""
        with self._lock, contextlib.suppress(ValueError):
            self._line.remove(job)
            return True
        return False

    def _fill(self) -> None:
        """Bring the pool to its size; the keeper's work."""
        while True:
            with self._lock:
                if self._stopped or len(self._all) >= self.limits.workers:
                    return
                store, generation = self._store, self._generation
            try:
                worker = self._start(store, generation)
            except OSError:  # no process or memory to be had: try again while the machine recovers
                time.sleep(0.5)
                continue
            with self._lock:
                wanted = generation == self._generation and not self._stopped
                if wanted:
                    self._join(worker)
            if wanted:
                self._hand_out()
            else:
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


def _died() -> RefusalError:
    detail = "the process that worked on this query ended unexpectedly; nothing else is affected"
    return RefusalError(Problem(503, "worker-died", detail, retry_after=1))


def _busy() -> RefusalError:
    detail = "all workers are busy, and so is the queue; try again shortly"
    return RefusalError(Problem(503, "busy", detail, retry_after=5))
