"""Africa's Talking as seen from here, for tests and the lab."""

from channels.africastalking.emulator.api import create_emulator
from channels.africastalking.emulator.options import Options
from channels.africastalking.emulator.session import UssdSession
from channels.africastalking.emulator.state import Accepted, AfricasTalkingEmulator

__all__ = ["Accepted", "AfricasTalkingEmulator", "Options", "UssdSession", "create_emulator"]
