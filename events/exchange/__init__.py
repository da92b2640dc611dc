"""The joint exchange (合同交流会) of February: from the call for booths to the report of its results."""
