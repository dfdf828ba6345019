"""Make docs/gallery anew: the product's own commands write into a folder, and what is looked at is copied from there.

Give a folder to keep the runs, and to go on from those that are in it: `python scripts/gallery.py build/gallery`.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

GALLERY = Path(__file__).resolve().parents[1] / "docs" / "gallery"
HOT = ("riyadh", "singapore")

FILES = {
    "abu_dhabi.pdf": "abu_dhabi/report.pdf",
    "cooling_in_hot_climates.pdf": "cooling/report.pdf",
    "north_field_sweep.pdf": "compare/compare.pdf",
    "north_field_sweep.csv": "sweep/sweep.csv",
    "north_field_tornado.csv": "sweep/tornado.csv",
}
"""File of the gallery -> where the commands leave it."""


def main() -> None:
    """Run the commands, and copy what they wrote."""
    with tempfile.TemporaryDirectory(prefix="gallery-") as folder:
        runs = Path(sys.argv[1] if len(sys.argv) > 1 else folder).resolve()
        runs.mkdir(parents=True, exist_ok=True)
        _once(runs / "abu_dhabi", "solve", "abu_dhabi", "--quiet")
        _once(runs / "cooling", "cooling", *HOT)
        _gigasite("sweep", GALLERY / "north_field_sweep.yaml", "--out", runs / "sweep")
        _gigasite("compare", runs / "sweep", "--out", runs / "compare")
        _picture(runs / "sweep" / "north_field" / "base" / "unchanged")
        for name, origin in FILES.items():
            shutil.copyfile(runs / origin, GALLERY / name)
            print(f"{name}: {(GALLERY / name).stat().st_size / 1e6:.1f} MB")


def _picture(run: Path) -> None:
    """Draw the picture of the README: two weeks of the small campus."""
    from gigasite.reports.figures import power as figures
    from gigasite.reports.figures import style
    from gigasite.reports.results import run_directory
    from gigasite.reports.results.results import phases

    results = run_directory.read(run)
    figure = figures.dispatch_weeks(results, phases(results)[-1])
    if figure is None:
        raise SystemExit(f"{run}: no bus of electricity to draw")
    (GALLERY.parent / "images" / "dispatch.png").write_bytes(style.png(figure, 130))


def _once(target: Path, *command: str) -> None:
    """Run a command that leaves a directory; where it is there already, only its report is written anew."""
    if target.exists():
        _gigasite("report", target, "--pdf")
    else:
        _gigasite(*command, "--out", target)


def _gigasite(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", "gigasite.reports", *map(str, arguments)], check=True)


if __name__ == "__main__":
    main()
