"""The gettext catalogues: locales/<language>/LC_MESSAGES/messages.po.

Keys are names ("cart-empty"), so English is a translation like every other.
"""
