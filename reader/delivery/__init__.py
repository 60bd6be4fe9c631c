"""Taking alerts to where people are: composing messages, and the channels that carry them."""
