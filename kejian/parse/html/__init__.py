"""The permitted content of a page: tags, attributes, addresses, styles."""
