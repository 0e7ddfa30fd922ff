"""Documents taken in as text, the spans in them that state a figure, the questions about them, and the class of
each sentence. The text is kept verbatim; offsets are code points in it; re-reading never moves a decided span."""
