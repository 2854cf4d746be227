"""Publishing on this machine: `releases` (finished sites beside each other), `nginx` (a server's configuration)."""
