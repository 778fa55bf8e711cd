"""The shared values, the published shape of a plan, its validation rules and its findings."""
