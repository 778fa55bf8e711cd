"""Two plans -> what became of every action, component and area, as values, a CSV and a page for people."""
