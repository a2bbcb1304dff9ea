"""Take from a worker process what answering a query does not need: memory without end, network, writing.

Screening keeps bad queries out and deadlines end slow ones; this is the belt for what neither foresees. Where
the kernel does not offer a part (another system, a container that forbids it), it is left out and reported.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import platform
import resource
import signal
import struct
import time
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # refuse: EPERM
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06

# Machine: AUDIT_ARCH, then socket, connect, execve, execveat, io_uring_setup, ptrace.
_SYSTEM_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 425, 101)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 425, 117)),
}
_X32 = 0x40000000  # the second set of call numbers on x86_64

_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_SLACK = 2  # seconds
_ALL_WRITES = 1 << 1 | 0x1FF0  # write a file; remove or make anything


def confine() -> list[str]:
    """Confine this process and all its threads to come; the names of the parts that took hold."""
    limits = {"no-core-dump": (resource.RLIMIT_CORE, 0), "no-growing-files": (resource.RLIMIT_FSIZE, 0)}
    held = [name for name, limit in limits.items() if _lower(*limit)]
    if platform.system() != "Linux":
        return held
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return held
    if _no_writing(libc):
        held.append("no-writing")
    if _no_network(libc):
        held.append("no-network")
    return held


def cap_memory(memory_bytes: int) -> bool:
    """Allow so much address space beyond what the process has now, and say whether that took hold."""
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        return _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + memory_bytes)
    return False


class Allowance:
    """Has the kernel end this process when it computes for much longer than allowed."""

    def __init__(self) -> None:
        self._until = 0.0

    def allow(self, seconds: float) -> None:
        """Let it compute for so long from now on, and for a few seconds more, so that most calls have nothing to do."""
        wanted = time.process_time() + seconds
        if not 1 <= self._until - wanted <= 1 + _SLACK:
            self._until = math.ceil(wanted + 1 + _SLACK)
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_CPU, (self._until, resource.RLIM_INFINITY))


def _lower(kind: int, value: int) -> bool:
    try:
        resource.setrlimit(kind, (value, value))
    except (ValueError, OSError):
        return False
    return True


def _no_writing(libc: ctypes.CDLL) -> bool:
    """Landlock without a single exception: every write to a file system fails."""
    rules = ctypes.create_string_buffer(struct.pack("Q", _ALL_WRITES), 8)
    handle = libc.syscall(_LANDLOCK_CREATE, rules, ctypes.c_size_t(8), 0)
    if handle < 0:
        return False
    try:
        return bool(libc.syscall(_LANDLOCK_RESTRICT, handle, 0) == 0)
    finally:
        os.close(handle)


def _no_network(libc: ctypes.CDLL) -> bool:
    """A system call filter: no new socket, no connection, no other program."""
    if platform.machine() not in _SYSTEM_CALLS:
        return False
    program = _filter(*_SYSTEM_CALLS[platform.machine()])
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: the number of instructions, padding, a pointer to them
    header = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(code))
    fprog = ctypes.create_string_buffer(header, len(header))
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, fprog, 0, 0) == 0)


def _filter(architecture: int, refused: tuple[int, ...]) -> bytes:
    """Classic BPF over `struct seccomp_data` (call number at 0, architecture at 4)."""
    calls = [_step(_EQUAL, number, len(refused) - index, 0) for index, number in enumerate(refused)]
    steps = [
        _step(_LOAD, 4),
        _step(_EQUAL, architecture, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, 0),
        _step(_AT_LEAST, _X32, len(refused) + 1, 0),
        *calls,
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _REFUSE),
    ]
    return b"".join(steps)


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("HBBI", code, then, otherwise, value)
