"""A build that is killed at any moment leaves the release before it in place, whole, and being served."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fasti.paths import data
from fasti.release import open_release
from fasti.web import create_app, current

pytestmark = pytest.mark.faults

FASTI = [sys.executable, "-m", "fasti.cli"]
MOMENTS = [0.3 + 0.15 * step for step in range(16)]  # seconds after the start, past the end of a build


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a release, and documents that would make another one."""
    folder = tmp_path_factory.mktemp("killed")
    shutil.copytree(data("seeds"), folder / "seeds")
    subprocess.run([*FASTI, "build", "--releases", folder / "releases"], check=True, capture_output=True)
    (folder / "seeds" / "new.txt").write_text("= Office of Tides =\n\nThe Office of Tides is an office.\n", "utf-8")
    return folder


@pytest.mark.parametrize("moment", MOMENTS)
def test_kill_during_a_build_leaves_the_release_before_it_served(folder: Path, moment: float) -> None:
    """SIGKILL, a little later each time: what is served is the old release or the new one, never half of one."""
    before = open_release(folder / "releases").id
    app = create_app(folder / "releases")
    arguments = [*FASTI, "build", "--seeds", folder / "seeds", "--releases", folder / "releases"]
    building = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(moment)
    finally:
        building.send_signal(signal.SIGKILL)
        building.wait()

    release = open_release(folder / "releases")
    answer = app.test_client().get("/doc/organization/ogs.nt")
    current(app).close()

    assert release.id == before or release.counts["sources"] == 6
    assert answer.status_code == 200


def test_the_next_build_cleans_up_and_succeeds(folder: Path) -> None:
    """What killed builds left behind is gone after one that ends."""
    arguments = [*FASTI, "build", "--seeds", folder / "seeds", "--releases", folder / "releases"]

    ended = subprocess.run(arguments, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stderr
    assert not list((folder / "releases").glob(".building-*"))
    assert open_release(folder / "releases").counts["sources"] == 6
