"""From a file to pages, tables, tags and indicators, in a child process with limits."""
