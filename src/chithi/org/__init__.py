"""Units in a tree that changes over time, people, and what binds them. The tree's truth is dated rows and
events; an *edition* is a cached picture of it on a day."""
