"""The year of a unit (lịch công tác năm): lines that come back each year, and what is made of them."""
