"""The command `yingbao`. Exit status 0 means that it holds; 1 that it doesn't; 2 wrong words."""

from services.cli.main import main

__all__ = ["main"]
