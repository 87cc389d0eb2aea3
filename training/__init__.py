"""Training of the reader: examples, training, measuring, export. Nothing here is needed to run Byline."""
