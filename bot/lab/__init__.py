"""The phone lab: handsets in a browser, which reach the server only as real ones would."""
