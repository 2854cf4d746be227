"""The text of an article, independent of its source format: the kinds of lines, and the parts of an article.

`report` and `blocks` define a parsed article; `headings`, `months`, `dates`, `letterhead`, `letters`,
`boilerplate`, `repairs`, `wrapping` and `pagebreaks` recognise kinds of lines; `pieces` joins lines, `plaintext`
parses a text with them, `stories` finds those of a newsletter, and `markdown` writes the parts; `markup` gives the text
of HTML that is not a page. Read them in that order. Other rooms call `plaintext.structure`, `stories.find_stories`,
`markdown.render`, `dates.parse_date` and `markup`; pages share the rules about lines.
"""
