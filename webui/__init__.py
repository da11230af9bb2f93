"""The pages of kms in the browser: a Flask application over one Library."""

from webui.application import create_app

__all__ = ["create_app"]
