"""Words on a command line -> results in folders, a summary on stdout and an exit code."""
