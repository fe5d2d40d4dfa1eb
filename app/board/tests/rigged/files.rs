//! Files, with nothing going wrong but what is said.

use std::sync::atomic::Ordering;

use crate::rig::{Files, Make, Rig};
use board::{Board, Connection, Error};

/// Bytes without a pattern.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..count).map(|_| next()).collect()
}

fn text(count: usize) -> Vec<u8> {
    (0..).flat_map(|n: usize| format!("def f{n}(x):\n    return x * {}\n", n * 7919 % 1000).into_bytes()).take(count).collect()
}

async fn attached(rig: &Rig) -> Board {
    let board = Board::new();
    board.attach_opened(rig.plug()).await.expect("the board answers");
    assert_eq!(board.state(), Connection::Ready);
    board
}

#[tokio::test(start_paused = true)]
async fn a_file_goes_there_and_comes_back() {
    for format in [Files::Littlefs, Files::Fat] {
        let rig = Rig::start(Make { format, ..Make::default() });
        let board = attached(&rig).await;
        for data in [vec![], text(10), text(50_000), noise(50_000), vec![0; 9000]] {
            board.write("/a file", data.clone()).await.expect("it fits");
            assert!(board.read("/a file").await.expect("it is there") == data);
        }
        assert_eq!(board.list("/").await.expect("it lists").len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_that_does_not_fit_twice_may_go_in_place() {
    let rig = Rig::start(Make { blocks: 32, ..Make::default() });
    let board = attached(&rig).await;
    board.write("/big", noise(70_000)).await.expect("it fits");
    let new = text(70_000);
    let Err(Error::NoSpace { in_place: true, .. }) = board.write("/big", new.clone()).await else { panic!("it does not fit") };
    assert!(board.read("/big").await.expect("it is there") == noise(70_000));
    board.replace("/big", new.clone()).await.expect("it fits in place");
    assert!(board.read("/big").await.expect("it is there") == new);
}

#[tokio::test(start_paused = true)]
async fn a_full_or_read_only_flash_is_told_and_the_old_file_kept() {
    let rig = Rig::start(Make::default());
    let board = attached(&rig).await;
    board.write("/a", b"old".to_vec()).await.expect("it fits");
    rig.flash().full.store(true, Ordering::Relaxed);
    let full = board.write("/a", noise(9000)).await;
    assert!(matches!(full, Err(Error::NoSpace { .. })), "{full:?}");
    rig.flash().full.store(false, Ordering::Relaxed);
    rig.flash().read_only.store(true, Ordering::Relaxed);
    assert!(matches!(board.write("/a", noise(9000)).await, Err(Error::ReadOnly { .. })));
    rig.flash().read_only.store(false, Ordering::Relaxed);
    assert_eq!(board.read("/a").await.expect("it is there"), b"old");
    board.write("/a", noise(9000)).await.expect("it fits");
}

#[tokio::test(start_paused = true)]
async fn a_tree_tells_names_sizes_and_hashes() {
    let rig = Rig::start(Make::default());
    let board = attached(&rig).await;
    board.make_folder("/lib").await.expect("the name is free");
    board.write("/lib/день.py", b"abc".to_vec()).await.expect("it fits");
    let tree = board.tree("/", true).await.expect("it answers");
    let found: Vec<_> = tree.iter().map(|node| (node.path.as_str(), node.size, node.sha256.as_deref())).collect();
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(found, [("lib", 0, None), ("lib/день.py", 3, Some(abc))]);
    board.remove_all("/lib").await.expect("it can go");
    assert!(board.tree("/", false).await.expect("it answers").is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_typed_loop_stops_and_a_power_cut_starts_anew() {
    let rig = Rig::start(Make::default());
    let board = attached(&rig).await;
    board.type_bytes("while True: pass\r\r").expect("attached");
    board.wait_for(|state| matches!(state, Connection::Running { .. })).await;
    board.stop().await.expect("it stops");
    board.write("/a", b"x".to_vec()).await.expect("the board is free");
    rig.power_cycle();
    let board = attached(&rig).await;
    assert_eq!(board.read("/a").await.expect("it is there"), b"x");
}
