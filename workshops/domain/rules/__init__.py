"""The platform's word list and link rules: kept, tried, applied."""
