"""Refuse files that do not belong under version control because of their size; the names come as arguments."""

import sys
from pathlib import Path

LARGEST_KB = 500


def main() -> None:
    """Name every file that is too large, and fail if there is one."""
    sizes = {name: Path(name).stat().st_size / 1000 for name in sys.argv[1:] if Path(name).is_file()}
    large = [f"{name}: {size:.0f} kB, at most {LARGEST_KB} kB" for name, size in sizes.items() if size > LARGEST_KB]
    if large:
        sys.exit("\n".join(large))


if __name__ == "__main__":
    main()
