"""Show type checkers the package mapping: .link/gigasite/<name> points at the folder <name>."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("models", "climate", "solvers", "sites", "reports")


def main() -> None:
    """Make the links; those that exist are left alone."""
    package = ROOT / ".link" / "gigasite"
    package.mkdir(parents=True, exist_ok=True)
    for name in FOLDERS:
        link = package / name
        if not link.is_symlink():
            link.symlink_to(ROOT / name, target_is_directory=True)


if __name__ == "__main__":
    main()
