"""Sweeps: many runs, on this computer or a cluster."""
