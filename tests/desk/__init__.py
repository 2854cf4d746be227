"""Tests of `pouch.desk`."""
