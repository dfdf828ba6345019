"""HiGHS: load a model in one call, solve, verify, explain."""

from .journal import keeping
from .matrix import Compiled, compile_network
from .optimise import Solution, evaluate, optimise

__all__ = ["Compiled", "Solution", "compile_network", "evaluate", "keeping", "optimise"]
