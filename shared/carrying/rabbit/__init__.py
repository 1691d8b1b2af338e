"""RabbitMQ, the carrier of distributed mode. Only what starts a process imports this package."""
