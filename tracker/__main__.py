"""``python -m tracker`` is the same as ``tracker``."""

from tracker.cli import main

if __name__ == "__main__":
    main()
