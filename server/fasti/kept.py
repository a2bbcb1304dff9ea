"""Bytes that were made once and may be asked for again, within a bound; the least used go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

_PATIENCE = 0.05  # seconds


class Kept:
    """Values by key, `most_bytes` of them together; any number of threads may ask.

    They make values one after the other, for as long as none takes long: threads that read a store at once hinder
    each other more than they gain, since each step of reading hands Python's lock on.
    """

    def __init__(self, most_bytes: int = 32 << 20) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._values: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._turn = threading.RLock()  # what is made may be made of what is kept too

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The value of `key`, made when it is not there; two who ask at once may both make it."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        in_turn = self._turn.acquire(timeout=_PATIENCE)
        try:
            value = make()
        finally:
            if in_turn:
                self._turn.release()
        with self._lock:
            self._keep(key, value)
        return value

    def _keep(self, key: Hashable, value: bytes) -> None:
        if len(value) > self.most_bytes // 4:
            return  # one giant must not push out everything else
        self.bytes += len(value) - len(self._values.get(key, b""))
        self._values[key] = value
        while self.bytes > self.most_bytes:
            self.bytes -= len(self._values.popitem(last=False)[1])
