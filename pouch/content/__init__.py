"""An entry: front matter, schema, dates, languages, files; dossiers and pages too.

- The values: `entry` (every field with its meaning), `dates`, `languages`, `identity`, `addresses`, `weeks`.
- Reading: `frontmatter` makes `nodes` of YAML, `fields` and `term_fields` typed values of nodes, `parse` an entry of
  them, `dossier` and `page` likewise; `core_schema` reads `extra`. `hints` and `yaml_mistakes` find what was meant.
- Writing: `render`.
- Describing: `schema` is the one table of fields, which `editors` and `snippets` give to programs.
- Finding: `folders` decides which files are read and reports the others, `files` and `entry_files` list them.
"""
