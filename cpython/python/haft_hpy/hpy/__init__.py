"""`hpy`, as upstream's package offers it, for programs that were written for that; used where it is not installed."""
