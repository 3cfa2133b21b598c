"""What each document holds, as plain frozen dataclasses: their fields are the names its layout may use."""
