"""What gunicorn serves and what `flask --app wsgi` commands run in."""

from bot.app import create_app

app = create_app()
