from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fasti.errors import ReleaseError
from fasti.sparql import Answer, Endpoint, Limits, Request
from fasti.sparql.problems import RefusalError
from fasti.sparql.process import Worker

from .conftest import VOCABULARY, make_store

# Fills memory as it goes: its end is the deadline or the memory cap, whichever it meets first on this machine.
RUNAWAY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a"
# Only counts: it would go on for hours, and takes no memory.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?q ?r ?s }"
LIMITS = Limits(workers=2, queue=1, queue_seconds=0.3)


def get(endpoint: Endpoint, query: str, **parameters: str) -> Answer:
    return endpoint.answer(Request("GET", [("query", query), *parameters.items()]))


def code(answer: Answer) -> str | None:
    return answer.problem.code if answer.problem else None


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def children() -> set[int]:
    return {int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


@pytest.fixture
def two(store: Path) -> Iterator[Endpoint]:
    endpoint = Endpoint(store, VOCABULARY, LIMITS)
    _wait_for(lambda: len(endpoint.pool._free) == LIMITS.workers)
    yield endpoint
    endpoint.close()


def test_a_runaway_query_ends_at_its_deadline_while_others_are_answered(two: Endpoint) -> None:
    with ThreadPoolExecutor() as threads:
        start = time.monotonic()
        runaway = threads.submit(get, two, RUNAWAY, timeout="1")
        others = []
        while not runaway.done():
            others.append(get(two, "ASK {}").status)

    assert runaway.result().status == 503
    assert code(runaway.result()) in ("deadline", "out-of-memory")
    assert time.monotonic() - start < 3
    assert len(others) > 10
    assert set(others) == {200}


def test_a_query_without_end_is_ended_at_its_deadline(two: Endpoint) -> None:
    start = time.monotonic()

    answer = get(two, ENDLESS, timeout="1")

    assert (answer.status, code(answer)) == (503, "deadline")
    assert 0.9 < time.monotonic() - start < 3


def test_a_killed_worker_is_replaced_and_costs_its_own_request_only(two: Endpoint) -> None:
    with ThreadPoolExecutor() as threads:
        assert get(two, "ASK {}").status == 200
        _wait_for(lambda: len(two.pool._free) == LIMITS.workers)  # the one that answered comes back a moment later
        asked = threads.submit(get, two, ENDLESS, timeout="20")
        busy = _busy_worker(two)
        before = _processor_ticks(busy)
        _wait_for(lambda: _processor_ticks(busy) > before + 5)  # it has the query: one that dies before costs nobody
        os.kill(busy, signal.SIGKILL)

        assert code(asked.result()) == "worker-died"
    assert [get(two, "ASK {}").status for _ in range(5)] == [200] * 5
    _wait_for(lambda: len(two.pool._all) == LIMITS.workers)


def _busy_worker(endpoint: Endpoint) -> int:
    _wait_for(lambda: len(endpoint.pool._all) == LIMITS.workers and len(endpoint.pool._free) == 1)
    (busy,) = endpoint.pool._all - set(endpoint.pool._free)
    return busy.process.pid


def _processor_ticks(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _wait_for(condition: object) -> None:
    assert callable(condition)
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_workers_killed_while_idle_harm_nobody(two: Endpoint) -> None:
    _wait_for(lambda: len(two.pool._free) == LIMITS.workers)
    get(two, "ASK {}")
    for worker in list(two.pool._all):
        os.kill(worker.process.pid, signal.SIGKILL)
        worker.process.wait()

    assert get(two, "ASK {}").status == 200


def test_when_all_are_busy_some_wait_and_the_rest_is_told_when_to_come_back(two: Endpoint) -> None:
    with ThreadPoolExecutor() as threads:
        running = [threads.submit(get, two, ENDLESS, timeout="1.5") for _ in range(2)]
        _wait_for(lambda: len(two.pool._all) == 2 and not two.pool._free)
        answers = list(threads.map(lambda _: get(two, "ASK {}"), range(4)))

        assert {answer.status for answer in answers} == {503}
        assert {code(answer) for answer in answers} == {"busy"}
        assert dict(answers[0].headers)["Retry-After"] == "5"
        assert {code(each.result()) for each in running} == {"deadline"}


def test_a_query_whose_client_has_gone_is_stopped(two: Endpoint) -> None:
    start = time.monotonic()
    answer = two.answer(Request("GET", [("query", ENDLESS)], gone=lambda: time.monotonic() - start > 0.3))

    assert answer.status == 499
    assert time.monotonic() - start < 2
    assert get(two, "ASK {}").status == 200


def test_memory_has_a_cap(store: Path) -> None:
    endpoint = Endpoint(store, VOCABULARY, Limits(workers=1, memory_bytes=64 << 20))
    try:
        hungry = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } }"
        answer = get(endpoint, hungry, timeout="20")

        assert (answer.status, code(answer)) == (503, "out-of-memory")
        assert get(endpoint, "ASK {}").status == 200
    finally:
        endpoint.close()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Linux only")
def test_stopping_leaves_no_process_and_no_open_file(store: Path) -> None:
    files, processes = open_files(), children()
    endpoint = Endpoint(store, VOCABULARY, LIMITS)
    with ThreadPoolExecutor() as threads:
        running = threads.submit(get, endpoint, ENDLESS, timeout="20")
        for _ in range(3):
            get(endpoint, "ASK {}")
            get(endpoint, ENDLESS, timeout="0.1")
        endpoint.close()
        assert running.result().status == 503

    _wait_for(lambda: set(children()) <= set(processes))  # the kernel takes a moment to forget them
    _wait_for(lambda: open_files() <= files)
    assert code(get(endpoint, "ASK {}")) == "busy"


def test_a_new_release_is_picked_up_without_a_failed_query(store: Path, tmp_path: Path) -> None:
    endpoint = Endpoint(make_store(tmp_path / "one", people=40, mark="one"), VOCABULARY, Limits(workers=2))
    query = "SELECT ?mark { GRAPH ?g { <mark> foaf:name ?mark } }"
    answers: list[Answer] = []
    done = threading.Event()

    def client() -> None:
        while not done.is_set():
            answers.append(get(endpoint, query, format="csv"))

    try:
        with ThreadPoolExecutor() as threads:
            clients = [threads.submit(client) for _ in range(3)]
            slow = threads.submit(get, endpoint, ENDLESS, timeout="0.8")
            for mark in ("two", "three"):
                time.sleep(0.2)
                endpoint.switch(make_store(tmp_path / mark, mark=mark))
                assert get(endpoint, query, format="csv").body == f"mark\r\n{mark}\r\n".encode()
            done.set()
            for each in clients:
                each.result()
            assert code(slow.result()) == "deadline"
    finally:
        endpoint.close()

    assert {answer.status for answer in answers} == {200}
    seen = list(dict.fromkeys(answer.body.split()[1] for answer in answers))
    assert seen == [b"one", b"two", b"three"]


def test_a_worker_that_is_killed_while_it_opens_a_release_does_not_keep_it_from_being_served(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = Endpoint(store, VOCABULARY, Limits(workers=2))
    start, killed = endpoint.pool._start, []

    def start_and_kill(store: Path, generation: int) -> Worker:
        worker = start(store, generation)
        if generation > 0 and len(killed) < 6:
            worker.process.kill()
            killed.append(worker)
        return worker

    monkeypatch.setattr(endpoint.pool, "_start", start_and_kill)
    try:
        endpoint.switch(make_store(tmp_path / "two", mark="two"))
        answer = get(endpoint, "SELECT ?mark { GRAPH ?g { <mark> foaf:name ?mark } }", format="csv")
    finally:
        endpoint.close()

    assert answer.body == b"mark\r\ntwo\r\n"
    assert len(killed) == 6


def test_a_release_that_cannot_be_opened_leaves_the_old_one(two: Endpoint, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError):
        two.switch(tmp_path / "nothing")

    assert get(two, "ASK {}").status == 200


def test_a_store_that_is_not_there_is_a_problem_and_no_endless_loop(tmp_path: Path) -> None:
    endpoint = Endpoint(tmp_path / "nothing", VOCABULARY, Limits(workers=1, queue_seconds=2))
    try:
        assert get(endpoint, "ASK {}").status == 503
    finally:
        endpoint.close()


def test_a_worker_reaches_no_network_even_past_the_screening(two: Endpoint) -> None:
    if "no-network" not in two.pool.belts():
        pytest.skip("this kernel filters no system calls")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.5)
        query = f"SELECT * {{ SERVICE <http://127.0.0.1:{listener.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        job = {"task": "query", "query": {"media_type": "text/csv", "rows": 9, "size": 999}}
        with pytest.raises(RefusalError, match="ended unexpectedly"):
            two.pool.ask(job, query.encode(), 5.0)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_workers_end_when_the_server_is_killed(store: Path) -> None:
    """Also those that are busy and do not look at their socket."""
    import subprocess
    import sys

    script = (
        "import sys, time, json, threading; from pathlib import Path\n"
        "from fasti.sparql import *; from fasti.vocabulary import Vocabulary\n"
        "e = Endpoint(Path(sys.argv[1]), Vocabulary(), Limits(workers=2))\n"
        "q = lambda: e.answer(Request('GET', [('query', sys.argv[2])]))\n"
        "threading.Thread(target=q, daemon=True).start()\n"
        "e.answer(Request('GET', [('query', 'ASK {}')])); time.sleep(0.3)\n"
        "print(json.dumps([w.process.pid for w in e.pool._all]), flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(store), ENDLESS], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        pids = json.loads(server.stdout.readline())
        server.kill()
    assert len(pids) == 2
    _wait_for(lambda: not any(_alive(pid) for pid in pids))


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
