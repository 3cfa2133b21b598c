"""The tables people take away, each made for the person who asks; and what the sheet 说明 says of them."""
