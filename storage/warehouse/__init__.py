"""The warehouse: reports, their figures and what is wrong with them, in SQLite or PostgreSQL."""
