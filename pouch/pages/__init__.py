"""The plan: which outputs a site has, and the model of each."""
