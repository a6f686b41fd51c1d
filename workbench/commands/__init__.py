"""The commands of ``workbench``, a module each; ``cli`` puts them together."""
