"""What things are, and the equations they obey."""
