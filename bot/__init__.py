"""The server: it joins flows, channels, books and payments, and is the only part that knows them all."""
