"""Plans to files for other programs: calendars, workbooks, tables, CRM updates, databases."""
