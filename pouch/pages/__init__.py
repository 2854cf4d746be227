"""The plan: which outputs a site has, and the model of each. Shapes of countries, for maps and pictures: `outlines`."""
