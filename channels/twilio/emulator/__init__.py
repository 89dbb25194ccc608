"""Twilio as seen from here, for tests and the lab."""

from channels.twilio.emulator.api import create_emulator
from channels.twilio.emulator.state import Accepted, Options, TwilioEmulator

__all__ = ["Accepted", "Options", "TwilioEmulator", "create_emulator"]
