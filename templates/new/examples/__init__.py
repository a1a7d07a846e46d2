"""The examples that the slides quote."""
