"""How fast the portal is, against floors measured in the same run: `make bench`, docs/performance.md."""
