"""What every test may ask for."""

pytest_plugins = ["tests.servers", "tests.servers.roles", "tests.sites", "tests.plays"]
