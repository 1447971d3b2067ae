"""The database beside an agent: told by a script, asked by actions. Nothing here knows who asks."""
