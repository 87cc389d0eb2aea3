"""How the reader is made: examples, training, measuring, export. Nothing here is needed to run Byline."""
