//! Packages, from an index that the test itself serves, on a board in memory.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use crate::rig::{Make, Rig};
use board::mip::{self, Change, Wanted};
use board::phrase::{Doing, Reason};
use board::{Board, Error};
use sha2::{Digest, Sha256};

/// A server of a few files on this computer; what it does not have is not found.
struct Shop {
    address: String,
}

impl Shop {
    fn open(files: BTreeMap<String, Vec<u8>>) -> Shop {
        let listener = TcpListener::bind("127.0.0.1:0").expect("the system has a port");
        let address = format!("http://{}", listener.local_addr().expect("it listens"));
        // Ends with the test's process.
        std::thread::spawn(move || listener.incoming().flatten().for_each(|client| drop(serve(&files, client))));
        Shop { address }
    }

    /// The index of two packages: `boots`, which needs `laces` of version 2.
    fn of_boots() -> Shop {
        let mut files = BTreeMap::new();
        let mut file = |path: &str, text: &str| files.insert(format!("/{path}"), text.as_bytes().to_vec());
        file(
            "index.json",
            r#"{"v": 2, "packages": [
                {"name": "laces", "version": "2", "description": "Ties boots", "versions": {"py": ["1", "2"]}},
                {"name": "boots", "version": "1.0", "author": "Ann", "license": "MIT", "versions": {"py": ["1.0"], "6": ["1.0"]}}]}"#,
        );
        let (sole, old, new) = ("import laces\nheight = laces.length // 2\n", "length = 10\n", "length = 84\n");
        for text in [sole, old, new] {
            let hash = short(text);
            file(&format!("file/{}/{hash}", &hash[..2]), text);
        }
        let boots = format!(
            r#"{{"v": 1, "version": "1.0", "hashes": [["boots/__init__.py", "{}"]], "deps": [["laces", "2"]]}}"#,
            short(sole)
        );
        file("package/py/boots/latest.json", &boots);
        file(
            "package/py/laces/1.json",
            &format!(r#"{{"version": "1", "hashes": [["laces.py", "{0}"], ["knot.py", "{0}"]]}}"#, short(old)),
        );
        for version in ["2", "latest"] {
            file(
                &format!("package/py/laces/{version}.json"),
                &format!(r#"{{"version": "2", "hashes": [["laces.py", "{}"]]}}"#, short(new)),
            );
        }
        file("package/py/torn/latest.json", &format!(r#"{{"hashes": [["a.py", "{}"], ["b.py", "00000000"]]}}"#, short(new)));
        file("file/00/00000000", "not what the hash says");
        file("package/py/thief/latest.json", &format!(r#"{{"hashes": [["../main.py", "{}"]]}}"#, short(new)));
        file("lonely/package.json", r#"{"urls": [["lonely/a.py", "src/a.py"]], "deps": [["laces", "latest"]], "version": "3"}"#);
        file("lonely/src/a.py", "x = 1\n");
        file("one.mpy", "M\x05\x00\x1f");
        Shop::open(files)
    }

    fn wanted(&self, name: &str) -> Wanted {
        Wanted { name: name.replace('@', &self.address), version: String::new(), source: false }
    }
}

fn short(text: &str) -> String {
    board::files::hex(&Sha256::digest(text))[..8].into()
}

/// One request of HTTP/1.1, after which the connection is closed.
fn serve(files: &BTreeMap<String, Vec<u8>>, mut client: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(client.try_clone()?).lines();
    let first = lines.next().unwrap_or(Ok(String::new()))?;
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let found = first.split(' ').nth(1).and_then(|path| files.get(path));
    let (status, body) = found.map_or(("404 Not Found", &b""[..]), |body| ("200 OK", body));
    write!(client, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
    client.write_all(body)
}

async fn attached(rig: &Rig) -> Board {
    let board = Board::new();
    board.attach_opened(rig.plug()).await.expect("the board answers");
    board
}

/// All paths below the libraries, sorted.
async fn below_lib(board: &Board) -> Vec<String> {
    let mut names: Vec<_> = board.tree("/lib", false).await.unwrap_or_default().into_iter().map(|node| node.path).collect();
    names.sort();
    names
}

#[tokio::test(start_paused = true)]
async fn a_package_comes_with_what_it_needs_and_goes_with_it() {
    let (shop, rig) = (Shop::of_boots(), Rig::start(Make::default()));
    let board = attached(&rig).await;
    let offers = mip::offers(&shop.address).await.expect("the index is there");
    let shown: Vec<_> = offers.iter().map(|it| (it.name.as_str(), it.version.as_str(), it.versions.len())).collect();
    assert_eq!(shown, [("boots", "1.0", 1), ("laces", "2", 2)]);

    let change = mip::install(&board, &shop.address, &shop.wanted("boots"), "").await.expect("it is there");
    assert_eq!(change.packages, ["boots 1.0", "laces 2"]);
    assert_eq!(change.files, ["/lib/boots/__init__.py", "/lib/laces.py"]);
    let again = mip::install(&board, &shop.address, &shop.wanted("boots"), "").await.expect("it is there");
    assert_eq!((again.files, again.kept.len()), (vec![], 2), "what is there is not sent again");
    let installed = mip::list(&board, "").await.expect("it is noted");
    assert_eq!(installed.iter().map(|it| (it.name.as_str(), it.asked)).collect::<Vec<_>>(), [("boots", true), ("laces", false)]);

    let needed = mip::remove(&board, "laces", "").await;
    assert_eq!(needed, Err(Error::Needed { name: "laces".into(), by: "boots".into() }));
    let change = mip::remove(&board, "boots", "").await.expect("it is there");
    assert_eq!((change.packages.len(), change.files.len(), change.kept.len()), (2, 2, 0));
    assert_eq!(below_lib(&board).await, Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_download_is_given_up_at_once() {
    let rig = Rig::start(Make::default());
    let board = attached(&rig).await;
    // It takes the question, and never answers.
    let server = TcpListener::bind("127.0.0.1:0").expect("the system has a port");
    let index = format!("http://{}", server.local_addr().expect("it listens"));
    let (tell, asked) = tokio::sync::oneshot::channel();
    // No task of the runtime: its clock would stand still meanwhile, and the board lives by it.
    std::thread::spawn(move || drop(tell.send(server.accept())));
    let wanted = Wanted { name: "boots".into(), version: String::new(), source: false };
    let give_up = async {
        let client = asked.await.expect("the thread tells").expect("somebody asks");
        board.cancel();
        client
    };
    let (installed, client) = tokio::join!(mip::install(&board, &index, &wanted, ""), give_up);
    assert_eq!(installed.map(drop), Err(Error::Cancelled { doing: Doing::Installing { name: "boots".into() } }));
    drop(client);
    assert_eq!(below_lib(&board).await, Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn the_board_can_import_it() {
    let (shop, rig) = (Shop::of_boots(), Rig::start(Make::default()));
    let board = attached(&rig).await;
    mip::install(&board, &shop.address, &shop.wanted("boots"), "").await.expect("it is there");
    let mut run = board
        .run("<exec>", "import sys\nsys.path.append('/lib')\nimport boots\nprint(boots.height)", board::Start::Keep)
        .await
        .expect("it starts");
    let mut printed = Vec::new();
    while let Some(said) = run.said().await {
        let (board::run::Said::Output(bytes) | board::run::Said::Error(bytes)) = said;
        printed.extend(bytes);
    }
    assert_eq!(String::from_utf8_lossy(&printed), "42\r\n");
}

#[tokio::test(start_paused = true)]
async fn another_version_takes_the_files_of_the_old_one_away() {
    let (shop, rig) = (Shop::of_boots(), Rig::start(Make::default()));
    let board = attached(&rig).await;
    let old = Wanted { version: "1".into(), ..shop.wanted("laces") };
    mip::install(&board, &shop.address, &old, "").await.expect("it is there");
    assert_eq!(below_lib(&board).await, [".mip.json", "knot.py", "laces.py"]);
    mip::install(&board, &shop.address, &shop.wanted("laces"), "").await.expect("it is there");
    assert_eq!(below_lib(&board).await, [".mip.json", "laces.py"]);
    assert_eq!(mip::list(&board, "").await.expect("it is noted")[0].version, "2");
}

#[tokio::test(start_paused = true)]
async fn what_somebody_changed_stays() {
    let (shop, rig) = (Shop::of_boots(), Rig::start(Make::default()));
    let board = attached(&rig).await;
    mip::install(&board, &shop.address, &shop.wanted("boots"), "").await.expect("it is there");
    board.write("/lib/laces.py", b"length = 1  # mine\n".to_vec()).await.expect("it fits");
    let Change { files, kept, .. } = mip::remove(&board, "boots", "").await.expect("it is there");
    assert_eq!((files, kept), (vec!["/lib/boots/__init__.py".into()], vec!["/lib/laces.py".to_string()]));
    assert_eq!(below_lib(&board).await, ["laces.py"]);
}

#[tokio::test(start_paused = true)]
async fn an_address_brings_its_files_and_needs_from_the_index() {
    let (shop, rig) = (Shop::of_boots(), Rig::start(Make::default()));
    let board = attached(&rig).await;
    let change = mip::install(&board, &shop.address, &shop.wanted("@/lonely"), "").await.expect("it is there");
    assert_eq!(change.files, ["/lib/lonely/a.py", "/lib/laces.py"]);
    let change = mip::install(&board, &shop.address, &shop.wanted("@/lonely/src/a.py"), "/lib/own").await.expect("it is there");
    assert_eq!(change.files, ["/lib/own/a.py"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_is_told_before_anything_is_written() {
    let (shop, rig) = (Shop::of_boots(), Rig::start(Make::default()));
    let board = attached(&rig).await;
    let refused = async |name: &str| mip::install(&board, &shop.address, &shop.wanted(name), "").await.expect_err("it is wrong");
    assert!(
        matches!(refused("torn").await, Error::BadPackage { why: Reason::OtherHash { path, .. }, .. } if path.ends_with("b.py"))
    );
    assert!(matches!(refused("thief").await, Error::BadPackage { why: Reason::Outside { .. }, .. }));
    assert!(matches!(refused("socks").await, Error::NoPackage { name, .. } if name == "socks"));
    assert!(matches!(refused("@/one.mpy").await, Error::OtherBytecode { found: 5, wanted: 0, .. }));
    assert!(matches!(mip::offers("http://127.0.0.1:9").await, Err(Error::Unreachable { .. })));
    assert_eq!(below_lib(&board).await, Vec::<String>::new());
}
