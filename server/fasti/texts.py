"""The texts of many sources, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path


class Bytes(Mapping[str, bytes]):
    """The texts of sources by stem as they came, each read when it is asked for."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = paths

    def __getitem__(self, stem: str) -> bytes:
        return self._paths[stem].read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class Texts(Mapping[str, str]):
    """The texts of sources by stem, decoded, each read when it is asked for."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._bytes = Bytes(paths)

    def __getitem__(self, stem: str) -> str:
        return self._bytes[stem].decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        return iter(self._bytes)

    def __len__(self) -> int:
        return len(self._bytes)
