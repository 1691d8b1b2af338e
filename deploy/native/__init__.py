"""The whole of a distributed site on this machine, without containers: `make up`, `make down`."""
