"""Pages of running text and tables: words set as strips on a paper, strips drawn as pages of a PDF."""
