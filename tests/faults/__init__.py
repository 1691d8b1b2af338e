"""Faults: what breaks beside the services, and what must hold all the same."""
