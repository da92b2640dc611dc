"""異業種交流ポータル: what crosses the apps lives here, and the leaf library `lib`."""
