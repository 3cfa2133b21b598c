"""What travels outside this system and comes back: workbooks filled in offline, by a county or its departments."""
