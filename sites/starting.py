"""A commented site file to start from."""

from __future__ import annotations

import json
from importlib import resources

from .reader import STARTER


def starter(name: str) -> str:
    """Return a commented site file that reads and checks as it stands.

    Parameters
    ----------
    name : str
        Name of the site, for people.
    """
    text = (resources.files("gigasite.sites") / f"{STARTER}.yaml").read_text(encoding="utf-8")
    return text.replace("name: My site", f"name: {json.dumps(name, ensure_ascii=False)}", 1)
