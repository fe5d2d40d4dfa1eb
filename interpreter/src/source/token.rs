//! THE list of tokens: what the lexer delivers, what the grammar's text names in quotes and capitals.

use super::IS_STANDARD;
use core::cell::Cell;

macro_rules! tokens {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {
        /// A kind of token. It takes a word, as all that a tree's item holds.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u32)]
        pub enum Token { $($(#[$doc])* $name),* }

        impl Token {
            /// Every token, by number.
            pub const ALL: &'static [Token] = &[$(Token::$name),*];
            const TEXTS: &'static [&'static str] = &[$($text),*];
        }
    };
}

tokens! {
    /// End of the source.
    End "END";
    /// End of a logical line that is not blank.
    Newline "NEWLINE";
    /// A deeper line begins.
    Indent "INDENT";
    /// A block has ended.
    Dedent "DEDENT";
    /// An identifier; its value is a name.
    Name "NAME";
    /// A number; its value is an int, a float or a complex.
    Number "NUMBER";
    /// A string, neighbours already joined; its value is a `str` or a `bytes`.
    String "STRING";
    /// An f-string begins.
    FStart "FSTART";
    /// Text between the replacement fields of an f-string; its value is a `str`.
    FMiddle "FMIDDLE";
    /// `=` at the end of a replacement field; its value is the text of the field up to here.
    FDebug "FDEBUG";
    /// An f-string ends.
    FEnd "FEND";
    /// A t-string begins.
    TStart "TSTART";
    /// The text of the expression in a t-string's field; its value is a `str`.
    FText "FTEXT";
    /// In the grammar only: a name that becomes an attribute leaf.
    Attribute "ATTRIBUTE";

    // Soft keywords: names wherever the grammar asks for a NAME.
    /// `match`
    Match "match";
    /// `case`
    Case "case";
    /// `type`
    Type "type";

    /// `and`
    And "and";
    /// `as`
    As "as";
    /// `assert`
    Assert "assert";
    /// `async`
    Async "async";
    /// `await`
    Await "await";
    /// `break`
    Break "break";
    /// `class`
    Class "class";
    /// `continue`
    Continue "continue";
    /// `def`
    Def "def";
    /// `del`
    Del "del";
    /// `elif`
    Elif "elif";
    /// `else`
    Else "else";
    /// `except`
    Except "except";
    /// `False`
    False "False";
    /// `finally`
    Finally "finally";
    /// `for`
    For "for";
    /// `from`
    From "from";
    /// `global`
    Global "global";
    /// `if`
    If "if";
    /// `import`
    Import "import";
    /// `in`; as a comparison's leaf.
    In "in";
    /// `is`; as a comparison's leaf, "is not" if the leaf `Not` follows.
    Is "is";
    /// `lambda`
    Lambda "lambda";
    /// `None`
    None "None";
    /// `nonlocal`
    Nonlocal "nonlocal";
    /// `not`; as a comparison's leaf, "not in" (unless it follows `Is`).
    Not "not";
    /// `or`
    Or "or";
    /// `pass`
    Pass "pass";
    /// `raise`
    Raise "raise";
    /// `return`
    Return "return";
    /// `True`
    True "True";
    /// `try`
    Try "try";
    /// `while`
    While "while";
    /// `with`
    With "with";
    /// `yield`
    Yield "yield";

    /// `(`
    Open "(";
    /// `)`
    Close ")";
    /// `[`
    OpenBracket "[";
    /// `]`
    CloseBracket "]";
    /// `{`
    OpenBrace "{";
    /// `}`
    CloseBrace "}";
    /// `:`
    Colon ":";
    /// `:=`
    Walrus ":=";
    /// `,`
    Comma ",";
    /// `;`
    Semicolon ";";
    /// `.`
    Dot ".";
    /// `...`
    Ellipsis "...";
    /// `->`
    Arrow "->";
    /// `!`, in an f-string alone.
    Exclamation "!";
    /// `=`
    Equal "=";
    /// `+`
    Plus "+";
    /// `-`
    Minus "-";
    /// `*`
    Star "*";
    /// `@`
    At "@";
    /// `/`
    Slash "/";
    /// `//`
    DoubleSlash "//";
    /// `%`
    Percent "%";
    /// `**`
    DoubleStar "**";
    /// `<<`
    ShiftLeft "<<";
    /// `>>`
    ShiftRight ">>";
    /// `&`
    Ampersand "&";
    /// `|`
    Bar "|";
    /// `^`
    Caret "^";
    /// `~`
    Tilde "~";
    /// `<`
    Less "<";
    /// `>`
    Greater ">";
    /// `<=`
    LessEqual "<=";
    /// `>=`
    GreaterEqual ">=";
    /// `==`
    EqualEqual "==";
    /// `!=`
    NotEqual "!=";
    /// `+=`
    PlusEqual "+=";
    /// `-=`
    MinusEqual "-=";
    /// `*=`
    StarEqual "*=";
    /// `@=`
    AtEqual "@=";
    /// `/=`
    SlashEqual "/=";
    /// `//=`
    DoubleSlashEqual "//=";
    /// `%=`
    PercentEqual "%=";
    /// `**=`
    DoubleStarEqual "**=";
    /// `<<=`
    ShiftLeftEqual "<<=";
    /// `>>=`
    ShiftRightEqual ">>=";
    /// `&=`
    AmpersandEqual "&=";
    /// `|=`
    BarEqual "|=";
    /// `^=`
    CaretEqual "^=";
}

impl Token {
    /// Its text, or its name in the grammar.
    pub const fn text(self) -> &'static str {
        Token::TEXTS[self as usize]
    }

    /// Whether this is a keyword only where the grammar expects it, and a name elsewhere.
    pub const fn is_soft(self) -> bool {
        matches!(self, Token::Match | Token::Case | Token::Type)
    }

    /// The token of this text, or of this name in the grammar.
    pub const fn find(text: &[u8]) -> Option<Token> {
        let mut i = 0;
        while i < Token::ALL.len() {
            if same(Token::TEXTS[i].as_bytes(), text) {
                return Some(Token::ALL[i]);
            }
            i += 1;
        }
        None
    }
}

/// Whether two texts are equal; `==` is not for `const fn`.
pub(super) const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

const FIRST_KEYWORD: usize = if IS_STANDARD { Token::Match as usize } else { Token::And as usize };
const END_OF_KEYWORDS: usize = Token::Yield as usize + 1;
/// Bytes of the longest.
const LONGEST_KEYWORD: usize = 8;

/// Bytes of all.
const KEYWORD_BYTES: usize = {
    let (mut bytes, mut token) = (0, FIRST_KEYWORD);
    while token < END_OF_KEYWORDS {
        bytes += Token::TEXTS[token].len();
        token += 1;
    }
    bytes
};

/// Keywords ordered by length, so that a text is compared with those of its length alone.
struct Keywords {
    /// Put together.
    texts: [u8; KEYWORD_BYTES],
    tokens: [Token; END_OF_KEYWORDS - FIRST_KEYWORD],
    /// For each length, where its texts and its tokens begin.
    starts: [(u8, u8); LONGEST_KEYWORD + 2],
}

static KEYWORDS: Keywords = Keywords::ordered();

impl Keywords {
    const fn ordered() -> Keywords {
        let mut words = Keywords {
            texts: [0; KEYWORD_BYTES],
            tokens: [Token::End; END_OF_KEYWORDS - FIRST_KEYWORD],
            starts: [(0, 0); LONGEST_KEYWORD + 2],
        };
        let (mut length, mut end, mut count) = (0, 0, 0);
        while length <= LONGEST_KEYWORD {
            words.starts[length] = (end as u8, count as u8);
            let mut token = FIRST_KEYWORD;
            while token < END_OF_KEYWORDS {
                let text = Token::TEXTS[token].as_bytes();
                if text.len() == length {
                    let mut at = 0;
                    while at < length {
                        words.texts[end + at] = text[at];
                        at += 1;
                    }
                    words.tokens[count] = Token::ALL[token];
                    (end, count) = (end + length, count + 1);
                }
                token += 1;
            }
            length += 1;
        }
        assert!(count == words.tokens.len(), "no keyword is longer than the longest");
        words.starts[length] = (end as u8, count as u8);
        words
    }
}

/// The keyword of this text.
pub(super) fn keyword(text: &[Cell<u8>]) -> Option<Token> {
    let length = text.len();
    if length == 0 || length > LONGEST_KEYWORD {
        return None;
    }
    let ((start, number), (end, _)) = (KEYWORDS.starts[length], KEYWORDS.starts[length + 1]);
    let is = |keyword: &[u8]| keyword.iter().zip(text).all(|(a, b)| *a == b.get());
    let index = KEYWORDS.texts[start as usize..end as usize].chunks_exact(length).position(is)?;
    Some(KEYWORDS.tokens[number as usize + index])
}
