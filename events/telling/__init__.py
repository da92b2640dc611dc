"""What the invited are told of a meeting: by letter with a personal link, or on paper."""
