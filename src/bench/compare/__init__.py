"""Trains the same networks with Evenstep and its peers, in turns; see ../README.md."""
