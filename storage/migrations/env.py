"""Alembic's environment: works on the connection that `storage.database.schema` hands it, inside its transaction."""

from alembic import context

from storage.database.tables import metadata

connection = context.config.attributes["connection"]
# render_as_batch: SQLite cannot alter columns; batch mode copies the table instead.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
context.run_migrations()
