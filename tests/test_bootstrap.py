"""tools/bootstrap.sh makes the environment once and says exactly what a machine lacks; a stand-in plays Python."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
FILES = ("pyproject.toml", "requirements.lock", "requirements-dev.lock", "tools/bootstrap.sh")
TOOLS = ("bash", "cat", "chmod", "cp", "dirname", "env", "grep", "mkdir", "rm", "sha256sum", "touch", "uname")

# It notes how it was called, makes an environment that holds itself, and finds Pango where the file "pango" is.
PYTHON = """\
#!/usr/bin/env bash
echo "$*" >> calls
case "$*" in
  -VV) echo Python 3.11.2 ;;
  "-m venv "*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  "-m pip "*--editable*) touch .venv/bin/gapengine && chmod +x .venv/bin/gapengine ;;
  "- "*) [[ -e pango ]] ;;
esac
"""


class Machine:
    """A machine with a checkout and the few commands of `TOOLS`: no apt-get, no sudo."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.commands = folder / "bin"
        self.commands.mkdir()
        for name in FILES:
            (self.checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, self.checkout / name)
        for name in TOOLS:
            (self.commands / name).symlink_to(str(shutil.which(name)))
        self.install("python3", PYTHON)

    def install(self, name: str, script: str) -> None:
        (self.commands / name).write_text(script)
        (self.commands / name).chmod(0o755)

    def bootstrap(self, kind: str) -> tuple[int, str]:
        """Its exit code and what it said."""
        command = [self.commands / "bash", "tools/bootstrap.sh", kind]
        result = subprocess.run(
            command, cwd=self.checkout, env={"PATH": str(self.commands)}, capture_output=True, text=True, check=False
        )
        return result.returncode, result.stderr

    def installations(self) -> list[str]:
        """The locks that pip was given, in order."""
        calls = (self.checkout / "calls").read_text().splitlines()
        return [call.rpartition(" ")[2] for call in calls if "--require-hashes" in call]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def machine_with_pango(machine: Machine) -> Machine:
    (machine.checkout / "pango").touch()
    return machine


def test_without_pango_and_without_apt_it_prints_the_line_that_installs_it(machine: Machine) -> None:
    code, said = machine.bootstrap("run")
    assert code == 3
    packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    assert f"sudo apt-get update && sudo apt-get install --no-install-recommends -y {packages}" in said


def test_an_apt_that_fails_ends_with_the_same_line(machine: Machine) -> None:
    machine.install("apt-get", "#!/usr/bin/env bash\nexit 100\n")
    code, said = machine.bootstrap("run")
    assert code == 3
    assert "libharfbuzz-subset0" in said


def test_without_python_it_says_which_packages_have_it(machine: Machine) -> None:
    (machine.commands / "python3").unlink()
    code, said = machine.bootstrap("run")
    assert code == 3
    assert "-y python3 python3-venv" in said


def test_a_second_time_nothing_is_installed(machine_with_pango: Machine) -> None:
    assert machine_with_pango.bootstrap("run")[0] == 0
    assert machine_with_pango.bootstrap("run") == (0, "")
    assert machine_with_pango.installations() == ["requirements.lock"]


def test_the_environment_of_the_tests_serves_a_run_too(machine_with_pango: Machine) -> None:
    for kind in ("run", "dev", "run", "dev"):
        assert machine_with_pango.bootstrap(kind)[0] == 0
    assert machine_with_pango.installations() == ["requirements.lock", "requirements-dev.lock"]


def test_a_changed_lock_is_installed(machine_with_pango: Machine) -> None:
    machine_with_pango.bootstrap("run")
    with (machine_with_pango.checkout / "requirements.lock").open("a") as lock:
        lock.write("# one more\n")
    machine_with_pango.bootstrap("run")
    assert len(machine_with_pango.installations()) == 2


def test_a_checkout_that_was_moved_makes_its_environment_anew(machine_with_pango: Machine) -> None:
    machine_with_pango.bootstrap("run")
    machine_with_pango.checkout = machine_with_pango.checkout.rename(machine_with_pango.checkout.with_name("moved"))
    machine_with_pango.bootstrap("run")
    calls = (machine_with_pango.checkout / "calls").read_text()
    assert calls.count("-m venv --clear .venv") == 2
