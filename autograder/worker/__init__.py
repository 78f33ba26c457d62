"""What runs beside a submission. Of ours it may import `autograder.protocol` alone."""
