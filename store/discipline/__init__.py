"""Warnings and suspensions: what the platform does about shops and riders that break its rules."""
