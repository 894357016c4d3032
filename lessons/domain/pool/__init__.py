"""The year's pool of city-level lessons: pushed by cities, nominated by the office."""
