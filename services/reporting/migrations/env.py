"""Alembic's door to this service's history."""

from shared.migration import run_in_environment

run_in_environment()
