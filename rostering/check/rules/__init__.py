"""One module for each family of rules, and in it one function a rule."""
