"""Figures: how fast Yingbao is beside the raw engines and the best peers. Not shipped."""
