"""A decree's file -> what can be said of its authenticity; pyHanko, behind the extra `verify`, checks signatures."""
