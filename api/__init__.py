"""HTTP and the web face: parse, check permission, call rukang, answer."""
