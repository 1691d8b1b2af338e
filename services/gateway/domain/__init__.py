"""The rules of the gateway: pure."""
