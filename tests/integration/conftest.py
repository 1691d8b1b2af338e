"""What the tests on real servers may ask for."""

from tests.integration.served import served

__all__ = ["served"]
