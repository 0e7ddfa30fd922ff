"""Words that every layer shares: refusals, periods, numbers. Pure: no Django, no network, no clock."""
