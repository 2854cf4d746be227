"""The controlled lists of terms: countries and topics."""
