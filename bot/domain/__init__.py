"""The rules of practice: pure functions over frozen values; no clock, no chance, no input or output."""
