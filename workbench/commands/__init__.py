"""Commands of ``workbench``, a module each; others stand beside this folder."""
