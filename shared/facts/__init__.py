"""The published language: what the services tell each other, one module per service.

A fact is a frozen dataclass in the past tense. Its plain fields become `data`; a field named
`personal` (a frozen dataclass of its own, or None) is sealed before it is written.
"""
