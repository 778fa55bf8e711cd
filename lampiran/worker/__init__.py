"""A piece of work and a file -> what came of it, done in a process that may crash, hang or be killed without harm."""
