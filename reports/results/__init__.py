"""Run directories: what a plan leaves on the disk, and how it is read back."""
