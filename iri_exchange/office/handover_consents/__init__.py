"""名簿を引き継ぐ同意: what the members of a group have answered, asked and written down by the office."""
