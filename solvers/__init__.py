"""HiGHS: load a model in one call, solve, verify, explain."""

from .frozen import evaluate
from .journal import keeping
from .matrix import Compiled, compile_network
from .optimise import optimise
from .solution import Solution
from .warm import Memory

__all__ = ["Compiled", "Memory", "Solution", "compile_network", "evaluate", "keeping", "optimise"]
