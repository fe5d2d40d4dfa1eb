//! Files of this computer, as whole texts.

use board::phrase::Reason;
use std::fs;

use board::local::replace;

use crate::encoding::{self, Encoding, TextFile};
use crate::error::{Error, Result};

/// Bytes: a longer text would make the editor slow, and so would keeping its draft.
const LONGEST: u64 = 8 << 20;

/// The text of a file.
#[tauri::command(async)]
pub fn file_read(path: String) -> Result<TextFile> {
    let failed = |reason: Reason| Error::file("open", path.as_ref(), reason);
    let meta = fs::metadata(&path).map_err(|error| failed(Reason::from(&error)))?;
    // A device or a pipe may never end.
    if !meta.is_file() {
        return Err(failed(Reason::NoFile));
    }
    if meta.len() > LONGEST {
        return Err(Error::TooLong { path, size: meta.len() });
    }
    let bytes = fs::read(&path).map_err(|error| failed(Reason::from(&error)))?;
    encoding::decode(bytes).ok_or(Error::NotText { path })
}

/// Puts a whole text in place; answers how it is kept from now on.
#[tauri::command]
pub async fn file_write(path: String, text: String, encoding: Encoding) -> Result<Encoding> {
    // It would be replaced by another file of its name, which only its folder could forbid.
    if fs::metadata(&path).is_ok_and(|meta| meta.permissions().readonly()) {
        return Err(Error::file("save", path.as_ref(), Reason::NotAllowed));
    }
    let (bytes, kept) = encoding::encode(&text, &encoding).map_err(|lack| Error::Lacks { path: path.clone(), lack })?;
    replace(path.as_ref(), bytes).map_err(|error| Error::file("save", path.as_ref(), &error))?;
    Ok(kept)
}

/// Puts a whole file that is no text in place: a picture.
#[tauri::command]
pub async fn file_write_bytes(path: String, bytes: Vec<u8>) -> Result<()> {
    replace(path.as_ref(), bytes).map_err(|error| Error::file("save", path.as_ref(), &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_may_only_be_read_stays_as_it_is() {
        let path = std::env::temp_dir().join(format!("taipan-read-only-{}", std::process::id()));
        let name = path.display().to_string();
        file_write(name.clone(), "one".into(), Encoding::of_new()).await.expect("it is new");
        let mut rights = fs::metadata(&path).expect("it is there").permissions();
        rights.set_readonly(true);
        fs::set_permissions(&path, rights).expect("it is ours");
        let refused = file_write(name.clone(), "two".into(), Encoding::of_new()).await;
        assert!(matches!(refused, Err(Error::File { reason: Reason::NotAllowed, .. })));
        assert_eq!(file_read(name).expect("it is there").text, "one");
        fs::remove_file(&path).expect("its folder is not");
    }

    #[tokio::test]
    async fn an_old_text_is_saved_as_it_was_or_not_at_all() {
        let path = std::env::temp_dir().join(format!("taipan-old-{}", std::process::id()));
        let (name, old) = (path.display().to_string(), &b"# coding: latin-1\nx = '\xe9'\n"[..]);
        fs::write(&path, old).expect("there is room");
        let file = file_read(name.clone()).expect("it is a text");
        let refused = file_write(name.clone(), file.text.replace('é', "→"), file.encoding.clone()).await;
        assert!(matches!(refused, Err(Error::Lacks { lack, .. }) if (lack.letter, lack.line) == ('→', 2)));
        assert_eq!(fs::read(&path).expect("it is there"), old);
        file_write(name, format!("{}ü", file.text), file.encoding).await.expect("it has these letters");
        assert_eq!(fs::read(&path).expect("it is there"), [old, b"\xfc"].concat());
        fs::remove_file(&path).expect("it is ours");
    }

    #[test]
    fn texts_are_opened_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("taipan-texts-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("there is room");
        let put = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            fs::write(&path, bytes).expect("there is room");
            path.display().to_string()
        };
        let text = "\u{feff}größe = 1\r\n";
        assert_eq!(file_read(put("ä ö'\"$(x).py", text.as_bytes())).expect("it is a text").text, text);
        for picture in [&b"\x89PNG\r\n\x1a\n"[..], b"a\0b"] {
            assert!(matches!(file_read(put("picture", picture)), Err(Error::NotText { .. })));
        }
        let long = put("long", b"");
        fs::File::options().write(true).open(&long).and_then(|file| file.set_len(LONGEST + 1)).expect("it is empty");
        assert!(matches!(file_read(long), Err(Error::TooLong { size, .. }) if size == LONGEST + 1));
        for endless in ["/dev/zero", "/tmp"] {
            assert!(matches!(file_read(endless.into()), Err(Error::File { .. })));
        }
        fs::remove_dir_all(&folder).expect("it is ours");
    }
}
