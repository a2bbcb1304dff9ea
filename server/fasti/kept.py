"""Bytes that were made once and may be asked for again, within a bound; the least used go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable


class Kept:
    """Values by key, `most_bytes` of them together; any number of threads may ask."""

    def __init__(self, most_bytes: int = 32 << 20) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._values: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The value of `key`, made when it is not there; two who ask at once may both make it."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
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
