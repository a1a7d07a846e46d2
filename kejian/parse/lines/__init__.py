"""Line-by-line processing before Markdown: comments, imports, text macros."""
