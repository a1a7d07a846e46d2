"""The record of outputs: its files, comparison with tolerances, drift."""
