"""Records carried in as files (EXCHANGE)."""
