"""What review's tests may ask for."""

from tests.review.houses import houses, houses_on_each

__all__ = ["houses", "houses_on_each"]
