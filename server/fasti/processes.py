"""Runs independent tasks: here, on the processes of this machine, or on a cluster."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

A = TypeVar("A")
R = TypeVar("R")

_WAITING = 2  # tasks that are handed out beyond those that run, for each process
_RETRIES = 5  # deaths of a worker that one task survives on a cluster


class Scheduler(Protocol):
    """Where tasks run. A task is a function of a module with one argument, and leads to equal results everywhere."""

    def map(self, task: Callable[[A], R], arguments: Iterable[A]) -> Iterator[R]:
        """The results in the order of the arguments; the first exception of a task is raised."""
        ...


class Here:
    """Runs tasks one after the other in this process."""

    def map(self, task: Callable[[A], R], arguments: Iterable[A]) -> Iterator[R]:
        """The results in the order of the arguments."""
        return map(task, arguments)


class Local:
    """Runs tasks on processes of this machine."""

    def __init__(self, pool: ProcessPoolExecutor, size: int) -> None:
        self._pool = pool
        self._ahead = size * (1 + _WAITING)

    def map(self, task: Callable[[A], R], arguments: Iterable[A]) -> Iterator[R]:
        """The results in the order of the arguments; only a few tasks are handed out at a time."""
        running: dict[int, Future[R]] = {}
        following = 0
        for number, argument in enumerate(arguments):
            running[number] = self._pool.submit(task, argument)
            if len(running) >= self._ahead:
                wait(running.values(), return_when=FIRST_COMPLETED)
            while following in running and (running[following].done() or len(running) >= self._ahead):
                yield running.pop(following).result()
                following += 1
        while running:
            yield running.pop(following).result()
            following += 1


@contextmanager
def here(processes: int = 0) -> Iterator[Scheduler]:
    """The processes of this machine, as many as it has cores unless said otherwise; with one, this process itself."""
    size = processes or len(os.sched_getaffinity(0))
    if size == 1:
        yield Here()
        return
    # A process that is forked from one with threads may hang: the pool starts from a fresh one.
    with ProcessPoolExecutor(size, mp_context=get_context("forkserver")) as pool:
        try:
            yield Local(pool, size)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the garbage collector rest for a task: it makes no cycles, and each look at all that it holds takes time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Cluster:
    """Runs tasks on a Dask cluster, whose workers see the same folders as this process; needs the extra `cluster`."""

    def __init__(self, address: str) -> None:
        from distributed import Client

        connect: Callable[[str], Any] = Client  # its methods are not typed
        self._client = connect(address)

    def map(self, task: Callable[[A], R], arguments: Iterable[A]) -> Iterator[R]:
        """The results in the order of the arguments; a task whose worker dies runs again on another."""
        futures = self._client.map(task, list(arguments), retries=_RETRIES, pure=False)
        for future in futures:
            yield future.result()
            future.release()

    def close(self) -> None:
        """Leave the cluster, which goes on."""
        self._client.close()


@contextmanager
def cluster(address: str) -> Iterator[Scheduler]:
    """The Dask cluster whose scheduler is at `address`, such as `tcp://10.0.0.1:8786`."""
    found = Cluster(address)
    try:
        yield found
    finally:
        found.close()
