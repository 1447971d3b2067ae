"""For our own tests: pytester runs the plugin inside pytest."""

pytest_plugins = ["pytester"]
