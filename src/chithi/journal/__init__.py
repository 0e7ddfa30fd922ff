"""Who did what, when, about which record of which unit. Entries are written once and never changed."""
