"""Plans as tidy tables: a row an entry, a column a field, with the ids for the way back."""
