"""The flow of a build. Nothing is imported here, so that importing `up_to_date` costs nothing."""
