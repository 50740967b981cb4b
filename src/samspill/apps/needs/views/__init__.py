"""The pages of the needs room, one module for each thing a person comes to do."""
