"""Score sheets as they are filled: what is asked, written, shown as evidence and submitted."""
