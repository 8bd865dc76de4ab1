//! Text without Python objects: WTF-8 strings, codecs, number parsing and formatting, format specs.
