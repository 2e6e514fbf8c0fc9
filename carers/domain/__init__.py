"""Rules of fostering recruitment and capacity, in plain Python: no web, no database."""
