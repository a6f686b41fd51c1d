"""The exercises of each lesson, as data: one module a lesson."""
