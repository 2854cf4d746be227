"""Checks: of one file and across files, their registry, and the formats that problems are printed in.

`places`: folders that nothing reads, and settings that name no file. `links`: links within the site that lead nowhere.
"""
