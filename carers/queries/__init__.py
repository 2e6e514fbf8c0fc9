"""Reads, always scoped to a viewer. None changes anything."""
