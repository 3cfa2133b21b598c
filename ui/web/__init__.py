"""The HTTP side around the page script: index page, security headers, sign-in, routes, script errors."""
