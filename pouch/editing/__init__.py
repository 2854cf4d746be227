"""Changes in place: new, list, publish, rename and fix."""
