"""What stands before every request: hosts, headers, the line at the door and who came through."""
