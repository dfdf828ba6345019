"""Figures of a plan, and how all figures look."""
