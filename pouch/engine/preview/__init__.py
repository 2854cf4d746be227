"""Pages outside of a build, for those who write: an entry's from its text (`single_page`), others of the last plan
(`planned_pages`), those of a site that was never built (`early_pages`, and `early_lists` of what is `read_so_far`),
those that a build is about to write (`unwritten`); and the `facts` that a preview shows beside its pages.
"""
