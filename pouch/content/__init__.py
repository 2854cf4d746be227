"""An entry: front matter, schema, dates, languages, files; dossiers and pages too.

`folders` decides which files of the site are read, and reports the others.
"""
