"""Figures: statements that read a frame for a viewer, and pure functions that count it."""
