"""An exercise as a form: answer, check, hint, solution, and a tick that stays."""
