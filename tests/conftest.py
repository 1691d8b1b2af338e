"""What every test may ask for."""

import os

from hypothesis import HealthCheck, settings

from tests.places import write_in_memory

write_in_memory()

# A busy machine is no failure: how long an example takes is asked by no test.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Where laws are run a second time for another reason than themselves.
settings.register_profile("few", settings.get_profile("untimed"), max_examples=5)
settings.load_profile(os.environ.get("YINGBAO_TESTS_PROFILE", "untimed"))

pytest_plugins = ["tests.servers", "tests.servers.roles", "tests.sites", "tests.plays"]
