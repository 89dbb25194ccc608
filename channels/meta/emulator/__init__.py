"""Meta's Cloud API as seen from here, for tests and the lab."""

from channels.meta.emulator.api import create_emulator
from channels.meta.emulator.handset import Who
from channels.meta.emulator.state import Accepted, MetaEmulator, Options

__all__ = ["Accepted", "MetaEmulator", "Options", "Who", "create_emulator"]
