"""Sources that last: are the documents behind briefings still there? `visiting` fetches politely, `judging` says what
an answer means, `notices` what pages say in place of a document, `checking` goes through an archive, `archiving` asks
an archive of the web for copies.
"""
