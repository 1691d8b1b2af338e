"""What every test may ask for."""

from hypothesis import HealthCheck, settings

# A busy machine is no failure: how long an example takes is asked by no test.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

pytest_plugins = ["tests.servers", "tests.servers.roles", "tests.sites", "tests.plays"]
