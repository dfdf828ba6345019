import subprocess
import sys
import warnings

import pytest

from gigasite.models.physics.libraries import quiet


def test_announced_removals_are_silent_and_other_warnings_pass():
    with quiet():
        warnings.warn("soon", DeprecationWarning, stacklevel=1)
    with quiet(), pytest.warns(UserWarning, match="real"):
        warnings.warn("real", UserWarning, stacklevel=1)


def test_importing_physics_loads_no_heavy_library():
    """pandas and pvlib take over a second; `gigasite --help` must answer at once."""
    code = (
        "import sys, gigasite.models.physics, gigasite.models.physics.wind, gigasite.models.physics.psychrometrics;"
        "print([name for name in ('pvlib', 'windpowerlib', 'scipy') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
