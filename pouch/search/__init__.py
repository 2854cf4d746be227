"""Search: what is indexed of each entry, in which shard, and the index that Pagefind makes of it."""
