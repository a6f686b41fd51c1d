"""Pictures that stand alone, one a slide: each carries its colours and its words."""
