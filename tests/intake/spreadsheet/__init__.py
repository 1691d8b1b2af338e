"""Sheets built in memory, from the plainest to the nastiest."""
