"""Changes, as functions named for what happens. None commits: the edge does."""
