"""Physics as pure functions: arrays in, arrays out, no state, no files, no logging.

Numbers, arrays and pandas Series are accepted and broadcast together; the answer is a float array (a numpy float for
plain numbers). Power is electric and per unit of heat (kW/kW) or per unit of rating, so the functions fit any size.

Where a correlation was fitted in a range, the module holds a `Validity` constant beside it. Outside it the formula
still answers, unclamped, and `outside` says where, so that a report can count the hours::

    answer = chillers.chiller_cop(dry_bulb_c, 18.0, **numbers)
    doubtful = outside(chillers.AIR_COOLED_AIR, dry_bulb_c).sum()

Limits that belong to the machine itself (a share between 0 and 1, the best COP a compressor reaches) are part of the
equation in the docstring. Heavy libraries (pvlib, windpowerlib) are imported when first used.
"""

from .validity import Validity, outside

__all__ = ["Validity", "outside"]
