"""What stands in for databases and their clients in real Pods. Each file here is a program by itself, run by
``python3 -S -E FILE``: it imports the standard library alone, and ends at once on SIGTERM, as the first process of a
Pod, too.
"""
