"""From the text of the rules to the model: closed schemas, overlays, fingerprints."""
