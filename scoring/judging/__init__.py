"""Pure judging: figures, proof, verdicts, vetoes, levels, each with its reasons."""
