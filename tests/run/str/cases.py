# Letters that change into several, those that are titles, and the sigma at the end of a word.
# needs: assert "".casefold() == "" and "ﬁ".casefold() == "fi"
for text in ("ﬁsh oﬃce", "straße ẞ", "ǆ ǅ Ǆ ǳx", "ŉx", "ΑΣ ΣΑ ΑΣ. Σ", "ὀδυσσεύς", "İı", "ᾳ ᾼ ᾲ", "ა", "ꭰ Ꭰ", "they're bill's", "ﬀ"):
    print(ascii(text.title()), ascii(text.casefold()), ascii(text.capitalize()), ascii(text.lower()), ascii(text.upper()))
