"""A whole book as pages that link to each other, in a folder or in a preview."""
