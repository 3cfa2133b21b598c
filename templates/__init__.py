"""The printed documents: layout as data, text engine, renderers."""
