"""Which place each name means: the candidates, weighed against each other within the report, and how sure that is."""
