"""`python -m services.cli`, where the command itself isn't on the path."""

from services.cli.main import main

main(prog_name="yingbao")
