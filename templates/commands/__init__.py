"""The documents of the command line: what each is called, made from and written as."""
