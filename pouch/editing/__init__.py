"""Changes in place: new, list, publish, unpublish, rename, merge and fix.

`edit` changes keys of an entry's file and `vocabulary_file` those of a vocabulary; `terms` finds the term that a name
on the command line means, `cli_values` reads other values. The commands: `new`, `overview` (`pouch list`), `publish`,
`unpublish`, `rename_entry`, `rename_term`, `merge_topic`, `fix`.
"""
