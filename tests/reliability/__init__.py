"""What must hold under load and when processes die: each check is a script, on both databases (make reliability)."""
