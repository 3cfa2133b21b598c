"""Parts of screens. Each owns its widgets and their session state; none decides a rule."""
