"""What the tests of intake may ask for."""

from tests.houses import founded, houses

__all__ = ["founded", "houses"]
