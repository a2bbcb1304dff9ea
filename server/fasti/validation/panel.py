"""Who does the work of validation: this process, or several that open the same store read-only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from fasti.store import Dataset
from fasti.validation.clerk import Clerk
from fasti.vocabulary import Vocabulary

Task = tuple[str, tuple[Any, ...]]  # a method of Clerk, and what it is given
Shared = Callable[[Iterable[Task]], Iterator[tuple[str, list[Any]]]]  # gives method and answer in the tasks' order

_clerk: Clerk  # of a worker process


@contextmanager
def alone(clerk: Clerk) -> Iterator[Shared]:
    """All work is done here, one task after the other."""
    yield lambda tasks: ((method, getattr(clerk, method)(*given)) for method, given in tasks)


@contextmanager
def several(store: Path, vocabulary: Vocabulary, folder: Path, processes: int) -> Iterator[Shared]:
    """The work is shared among processes, each with the store open for reading."""
    # a process that is forked from one with threads may hang: these are forked from one that only has the modules
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(processes, context, _open, (store, vocabulary.base, folder)) as pool:
        yield lambda tasks: (future.result() for future in [pool.submit(_work, task) for task in tasks])


def _open(store: Path, base: str, folder: Path) -> None:
    global _clerk
    _clerk = Clerk(Dataset.read_only(store, Vocabulary(base)), folder)


def _work(task: Task) -> tuple[str, Any]:
    method, given = task
    return method, getattr(_clerk, method)(*given)
