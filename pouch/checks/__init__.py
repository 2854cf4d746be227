"""What can be wrong: the checks of one file and across files, and the formats that problems are printed in."""
