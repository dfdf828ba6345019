"""What a report says, in words and numbers, before it is set in type or drawn."""
