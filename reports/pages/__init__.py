"""Reports on paper: content and figures, set by typst."""
