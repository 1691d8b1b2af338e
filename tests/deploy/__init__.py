"""What runs a site for real, held against the code: images, compose, systemd units, secrets."""
