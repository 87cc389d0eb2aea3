"""An index on a disk that is full or may not be written: a real one, in memory, mounted for the test alone."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.sample import SAMPLE

BYLINE = f'"{sys.executable}" -c "from bot.cli import app; app()"'
ASK = f'{BYLINE} ask "When did the electric ferry go into service?" && {BYLINE} doctor'


def with_index(disk: Path, sample: Path, before: str, refused: str) -> subprocess.CompletedProcess[str]:
    """The output of commands on a copy of an index on a new disk: one that has to fail, asking and checking.

    Args:
        disk: Where it is mounted.
        sample: The index.
        before: What is done to the disk first, with a shell's commands.
        refused: The command that fails.
    """
    shown = mounted(
        disk,
        f"cp -r '{sample}' '{disk}/index'\n{before}\nexport BYLINE_INDEX='{disk}/index'\n! {BYLINE} {refused}\n{ASK}",
    )
    assert shown.returncode == 0, shown.stderr
    assert "The Coast Courier" in shown.stdout
    assert "Traceback" not in shown.stderr
    return shown


def mounted(folder: Path, then: str, *, size: str = "40m") -> subprocess.CompletedProcess[str]:
    """The output of a shell with a new disk at `folder`, which no other process sees."""
    script = f"set -e\nmount -t tmpfs -o size={size} tmpfs '{folder}'\n{then}"
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", script]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder to mount a disk at."""
    if not shutil.which("unshare") or mounted(tmp_path, "true").returncode:
        pytest.skip("no disk can be mounted here")
    return tmp_path


def test_an_index_that_may_not_be_written_is_asked_and_checked_as_any_other(disk: Path, sample: Path) -> None:
    shown = with_index(disk, sample, f"mount -o remount,ro '{disk}'", f"rebuild '{SAMPLE}'")
    assert "Read-only file system" in shown.stderr
    assert "it is unchanged. The disk is read-only; name another folder" in shown.stderr


def test_a_full_disk_leaves_the_index_as_it_was_and_says_what_to_do(disk: Path, sample: Path) -> None:
    fill = f"head -c 100m /dev/zero > '{disk}/fill' 2> '{disk}/none' || true"
    shown = with_index(disk, sample, fill, f"rebuild --full '{SAMPLE}'")
    assert "No space left on device" in shown.stderr
    assert "it is unchanged. The disk is full; free some space, then run: byline rebuild" in shown.stderr
