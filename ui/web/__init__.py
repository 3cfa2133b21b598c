"""What stands around the page script: pages and headers, routes, the Chinese chrome, script errors."""
