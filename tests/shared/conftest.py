"""What the tests of the kernel may ask for."""

from tests.houses import founded, houses

__all__ = ["founded", "houses"]
