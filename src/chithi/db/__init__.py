"""The ground under every stored row: guarded queries, versions, client-made identities, one writer at a time."""
