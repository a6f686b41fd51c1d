"""An exchange as somebody captured it: bounded, and told of without its values."""
