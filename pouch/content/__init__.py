"""An entry: front matter, schema, dates, languages, files; dossiers and pages too."""
