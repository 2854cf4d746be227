"""The text of an article, whatever it came as: what its lines are by their words, and the parts that it falls into.

`report` and `blocks` say what an article taken apart is; `headings`, `months`, `dates`, `letterhead`, `letters`,
`boilerplate`, `repairs`, `wrapping` and `pagebreaks` what a line can be; `pieces` puts lines together, `plaintext`
takes a text apart with them, and `markdown` writes the parts out; `markup` gives the text of HTML that is no page.
Read them in that order. Other rooms call `plaintext.structure`, `markdown.render`, `dates.parse_date` and `markup`;
pages share the rules about lines.
"""
