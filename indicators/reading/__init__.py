"""Rules and submission files as text: values with their places, problems told at file:line:col."""
