"""How long personal data is kept: rules per kind, preview, job, proof; counts stay what they are."""
