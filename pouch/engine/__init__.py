"""The engine: scan, load, plan, compare, render, write; only what changed.

To publish on this machine: `releases` (finished sites beside each other), `nginx` (a server's configuration).

What is planned: `plan`, of what the plugins' `planners` yield and of `own_files`.
Links within the site: `dead_links`, of bodies and of `other_links`; `page_ids` are what they can name in a page.
To compare two revisions: `git`, `checkout` (the folder at a revision), `sides` (what a site holds at one moment),
`rewording` and `changes` (what an edit means to editors and subscribers), `difference`, `diff_formats`.
"""
