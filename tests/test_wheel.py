"""What `pip install byline` brings, in an environment that knows nothing of the repository."""

import json
import os
import site
import subprocess
import sys
from pathlib import Path
from venv import EnvBuilder
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
HIDING = "raise SystemExit('the application code was run')"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it. What Byline depends on is lent by the environment of the tests.

    Its path is added as a path alone, so the editable install there counts for nothing.
    """
    folder = tmp_path_factory.mktemp("environment")
    EnvBuilder(with_pip=False).create(folder)
    executable = folder / "bin" / "python"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(executable),
        "--disable-pip-version-check",
        "install",
        "--quiet",
    ]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text("\n".join(site.getsitepackages()), "utf-8")
    return executable


def run(command: list[str | Path], cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BYLINE_", "PYTHON"))}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=kept | environment, capture_output=True, text=True, timeout=300
    )


def test_the_wheel_holds_the_models_the_sample_and_the_marker_of_types_and_nothing_of_the_repository(
    wheel: Path,
) -> None:
    names = ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "bot",
        "index",
        "corpus",
        f"{wheel.name.split('-py3')[0]}.dist-info",
    }
    assert {f"{package}/py.typed" for package in ("bot", "index", "corpus")} <= set(names)
    weights = {"all-MiniLM-L6-v2/model.xml", "all-MiniLM-L6-v2/model.bin", "reader/model.onnx"}
    assert {f"index/models/{name}" for name in weights} <= set(names)
    assert any(name.startswith("corpus/sample/") for name in names)


def test_an_install_builds_the_sample_index_and_answers_from_it(python: Path, tmp_path: Path) -> None:
    byline = python.with_name("byline")
    assert run([byline, "--version"], tmp_path).stdout.startswith("byline ")
    where = run([python, "-c", "import bot, index, corpus; print(bot.__file__)"], tmp_path).stdout.strip()
    assert Path(where).is_relative_to(python.parent.parent)
    built = run([byline, "rebuild", "--index", "news"], tmp_path)
    assert built.returncode == 0, built.stderr
    program = "from bot import Question, Settings, create_bot; from pathlib import Path;"
    program += "print(create_bot(Settings(index=Path('news'))).answer(Question('What is the latest news?')).status)"
    assert run([python, "-c", program], tmp_path).stdout.strip() == "answered"
    asked = run([byline, "ask", "What is the latest news?", "--index", "news", "--json"], tmp_path)
    answer = json.loads(asked.stdout)
    assert answer["citations"]
    assert all(citation["quote"] for citation in answer["citations"])


@pytest.mark.parametrize("name", ["index", "corpus"])
def test_a_package_that_hides_ours_is_named_with_the_remedy(python: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text(HIDING, "utf-8")
    failed = run([python, "-c", "import bot"], tmp_path)
    *_, last = failed.stderr.strip().splitlines()
    assert last.startswith(f"ImportError: Byline's package '{name}' is hidden by ")
    assert str(tmp_path / name) in last
    assert "byline serve" in last


def test_an_application_with_packages_of_these_names_starts_byline_as_a_process_of_its_own(
    python: Path, tmp_path: Path
) -> None:
    for name in ("bot", "index", "corpus"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(HIDING, "utf-8")
    assert run([python.with_name("byline"), "--version"], tmp_path).stdout.startswith("byline ")
    hidden = run([python, "-c", "from bot.portal import mount"], tmp_path)
    assert "the application code was run" in hidden.stderr
