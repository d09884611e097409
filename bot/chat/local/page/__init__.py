"""The second door of the local platform: a page in the browser. Only `server` is imported by others, when it starts."""
