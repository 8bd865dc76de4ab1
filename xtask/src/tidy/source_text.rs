//! Rust source without its comments and literals, so that a word found is a word meant.

/// `source` with every comment and every string or character literal blanked; line breaks stay where they are.
pub(super) fn code_only(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let n = literal_or_comment(rest, code.chars().next_back());
        if n == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            code.extend(rest[..n].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[n..];
        }
    }
    code
}

/// Length in bytes of the comment or literal that `rest` begins with, 0 if it begins with code.
fn literal_or_comment(rest: &str, before: Option<char>) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment(rest);
    }
    if rest.starts_with('"') {
        return quoted(rest, '"');
    }
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if rest.starts_with('r') && !in_word {
        return raw_string(rest);
    }
    if rest.starts_with('\'') {
        return character(rest);
    }
    0
}

/// Block comments nest.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == quote {
            return at + 1;
        }
    }
    rest.len()
}

/// `r"…"`, `r#"…"#` and so on; 0 for a word that begins with r.
fn raw_string(rest: &str) -> usize {
    let n_hashes = rest[1..].bytes().take_while(|&byte| byte == b'#').count();
    if !rest[1 + n_hashes..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(n_hashes));
    let start = n_hashes + 2;
    rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len())
}

/// A character literal; 0 for a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.chars().skip(1);
    match (chars.next(), chars.next()) {
        (Some('\\'), _) => quoted(rest, '\''),
        (Some(inner), Some('\'')) => inner.len_utf8() + 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> String {
        code_only(source).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_and_literals_go() {
        for (source, code) in [
            ("a // b\nc", "a c"),
            ("a /* b /* c */ d */ e", "a e"),
            ("x(\"y \\\" z\", 1)", "x( , 1)"),
            ("x(r#\"y \" z\"#, r\"q\")", "x( , )"),
            ("for 'a in \"\"", "for 'a in"),
            ("f('\\'', 'u', '\"') + b'u'", "f( , , ) + b"),
            ("var\"s\"", "var"),
            ("é // é", "é"),
        ] {
            assert_eq!(words(source), code, "{source}");
        }
        assert_eq!(code_only("a\n/*\n*/b").matches('\n').count(), 2);
    }
}
