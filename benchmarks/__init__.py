"""What the program costs, each figure as a ratio of two sides measured in one run; `make bench` prints them."""
