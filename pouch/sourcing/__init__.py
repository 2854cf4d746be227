"""Sources that last: are the documents behind briefings still there?

`checking` goes through an archive: `visiting` fetches politely, `judging` says what an answer means, with `landing`
(where a redirect leads), `notices` (what pages say in place of a document, in the words of `patterns` and the sentences
of `removals`), `outline` (headings and running text of a page) and `texts` (what a copy and the page of today say).
`archiving` asks an archive of the web for copies.
"""
