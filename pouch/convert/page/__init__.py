"""Parses a web page: chooses the article among its segments, keeps its structure as Markdown, and reads its facts.

`htmlpage` has the steps; read it first, then each step:

- the content: `segments`, `imagenames`, `hidden`, `wordpages`, `stories`;
- facts: `headline`, `marks`, `others`, `dated_lines`, `published`, `authors`, `metadata`;
- the choice: `votes`, `evidence`, `trees`, `completing`, `choosing`;
- parts that belong to it: `attached`, `standfirst`;
- parts and their roles: `redirects`, `inline`, `parts`, `roles`, `tables`, `imagefiles`, `captions`, `images`.

Other rooms call `htmlpage.structure` and `stories.find_stories`; the store of a draft's images imports `images` and
`imagefiles` too.
"""
