"""The commands of `gigasite`, and what they print."""
