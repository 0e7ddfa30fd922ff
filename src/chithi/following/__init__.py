"""Following what somebody owes by a day: the one set of state rules and the one table of progress with evidence."""
