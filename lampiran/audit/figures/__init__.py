"""The shares, rates and intervals of an audit."""
