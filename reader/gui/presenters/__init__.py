"""One per screen: asks services, fills models, drops late answers."""
