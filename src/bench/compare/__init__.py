"""The same networks through Evenstep and its peers, in turns; see ../README.md."""
