"""Build wheel and sdist, compare them with the files under version control, and use the wheel alone.

The wheel is installed into a fresh environment, away from the checkout; there the fast tests of models and climate run
against it, and a shipped site is solved by name.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("models", "climate", "solvers", "sites", "reports")
TESTS = ("tests/models", "tests/climate")
TEST_TOOLS = ("pytest", "hypothesis", "psychrolib")


def run(*command: object, cwd: Path = ROOT) -> str:
    """Run a command and return what it prints; end with its words if it fails."""
    done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def tracked() -> set[str]:
    """Return the files of the five folders as the wheel must hold them."""
    listed = run("git", "ls-files", "-z", "--", *FOLDERS).split("\0")
    return {f"gigasite/{name}" for name in listed if name and (ROOT / name).is_file()}


def build(folder: Path) -> tuple[Path, Path]:
    """Build both distributions from a clean export, so that no left-over file slips in."""
    source = folder / "source"
    for name in filter(None, run("git", "ls-files", "-z").split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    run(sys.executable, "-m", "build", "--outdir", folder / "dist", source)
    return next((folder / "dist").glob("*.whl")), next((folder / "dist").glob("*.tar.gz"))


def compare(wheel: Path, sdist: Path) -> None:
    """End with a list if a distribution lacks a file or holds one too many."""
    wanted = tracked()
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    with tarfile.open(sdist) as archive:
        names = {str(PurePosixPath(*PurePosixPath(each.name).parts[1:])) for each in archive if each.isfile()}
    packed = {f"gigasite/{name}" for name in names}
    problems = [f"the wheel lacks {name}" for name in sorted(wanted - held)]
    problems += [f"the wheel holds {name}, which is not under version control" for name in sorted(held - wanted)]
    problems += [f"the sdist lacks {name}" for name in sorted(wanted - packed)]
    if problems:
        sys.exit("\n".join(problems))
    print(f"wheel: {len(held)} files, the same as under version control")


def use(wheel: Path, folder: Path, site: str) -> None:
    """Install the wheel into a fresh environment, run tests against it and solve a site by name."""
    run(sys.executable, "-m", "venv", folder / "venv")
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel)
    empty = folder / "empty"
    empty.mkdir()
    run(programs / "gigasite", "--help", cwd=empty)
    began = time.monotonic()
    run(programs / "gigasite", "solve", site, cwd=empty)
    whole = sorted(path.name for path in (empty / "runs" / site / "base").iterdir())
    print(f"wheel: {site} solved by name in {time.monotonic() - began:.0f} s: {', '.join(whole)}")
    # Only after the site was solved, so that no test tool stands in for a missing dependency.
    run(programs / "python", "-m", "pip", "install", "--quiet", *TEST_TOOLS)
    for name in ("tests", "pyproject.toml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, empty / name)
    print(run(programs / "python", "-m", "pytest", "-m", "not slow", *TESTS, cwd=empty).strip().splitlines()[-1])


def main() -> None:
    """Check the wheel."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", default="abu_dhabi", help="shipped site to solve by name (abu_dhabi)")
    with tempfile.TemporaryDirectory(prefix="gigasite-wheel-") as name:
        folder = Path(name)
        wheel, sdist = build(folder)
        compare(wheel, sdist)
        use(wheel, folder, parser.parse_args().site)


if __name__ == "__main__":
    main()
