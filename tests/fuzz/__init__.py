"""Hostile input, made up: `targets` says what must hold for any bytes, `test_fuzz` draws them with Hypothesis.

python -m tests.fuzz TARGET|all [SECONDS]     looks for more, guided by coverage (atheris, which is in no lock of ours)
"""
