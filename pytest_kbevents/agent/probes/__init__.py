"""Actions that run again and again: when, and which outcomes are news. How news is sent is not known here."""
