"""`python -m acctplan`."""

from acctplan.cli import main

if __name__ == "__main__":
    main()
