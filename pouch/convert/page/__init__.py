"""A web page taken apart: its article chosen among its segments, its structure kept as Markdown, its facts found.

`htmlpage` tells the steps; read it first, then each step:

- what is there: `segments`, `imagenames`, `hidden`, `wordpages`, `stories`;
- facts: `headline`, `marks`, `published`, `authors`, `metadata`;
- the choice: `votes`, `evidence`, `trees`, `completing`, `choosing`;
- what goes with it: `attached`, `standfirst`;
- parts and their roles: `redirects`, `inline`, `parts`, `roles`, `tables`, `imagefiles`, `captions`, `images`.

Other rooms call `htmlpage.structure` and `stories.find_stories`; what stores a draft's images asks `images` and
`imagefiles` too.
"""
