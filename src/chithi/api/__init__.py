"""The door for programs: JSON over HTTP, described by OpenAPI. It parses, calls queries and actions, and dresses."""
