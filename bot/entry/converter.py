"""Tokens of shared links, as URLs carry them."""

from werkzeug.routing import BaseConverter

from flows.ways import ALPHABET, TOKEN_LENGTH


class TokenConverter(BaseConverter):
    """`<token:...>`: never all digits, which would be a product's code."""

    regex = rf"(?![0-9]+(?:/|$))[{ALPHABET}]{{{TOKEN_LENGTH}}}"
