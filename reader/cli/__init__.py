"""The program without a window: the commands of the contract in docs/command-line.md."""
