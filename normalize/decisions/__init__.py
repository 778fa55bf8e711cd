"""What people decided about earlier readings, applied to a draft and to the findings of its plan."""
