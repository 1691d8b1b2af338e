"""Starts services: embedded (all in one process, SQLite, no broker), later one process each."""
