"""One whole day of trade, simulated: real server, emulated providers, made-up people, a clock that jumps."""
