//! The open sockets by number: objects in Python's heap cannot own anything of Rust's, so they hold a number.

use socket2::Socket;
use std::sync::{Arc, Mutex, MutexGuard};

static SOCKETS: Mutex<Vec<Option<Arc<Socket>>>> = Mutex::new(Vec::new());

fn sockets() -> MutexGuard<'static, Vec<Option<Arc<Socket>>>> {
    SOCKETS.lock().expect("nothing panics while it has the table")
}

/// Takes a socket; answers its number. A free number is used again.
pub fn add(socket: Socket) -> usize {
    let mut sockets = sockets();
    let free = sockets.iter().position(Option::is_none).unwrap_or(sockets.len());
    if free == sockets.len() {
        sockets.push(None);
    }
    sockets[free] = Some(Arc::new(socket));
    free
}

/// The socket of a number, if it is open. Who waits for it keeps it meanwhile.
pub fn get(number: usize) -> Option<Arc<Socket>> {
    sockets().get(number).cloned().flatten()
}

/// Gives a socket away, `held` being this caller's share of it; `None`, and nothing is done, if somebody waits for it.
pub fn release(number: usize, held: Arc<Socket>) -> Option<Socket> {
    drop(held);
    let mut sockets = sockets();
    let place = sockets.get_mut(number)?;
    match Arc::try_unwrap(place.take()?) {
        Ok(socket) => Some(socket),
        Err(shared) => {
            *place = Some(shared);
            None
        }
    }
}

/// Closes.
pub fn remove(number: usize) {
    let socket = sockets().get_mut(number).and_then(Option::take);
    // A program may have closed the descriptor by its number: nothing to do then, where dropping would abort.
    if let Some(socket) = socket.and_then(Arc::into_inner) {
        let _ = nix::unistd::close(socket);
    }
}
