//! `termios`: how a terminal or a serial line of this computer behaves.
//!
//! Attributes are CPython's list: input, output, control and local modes, both speeds, and the control characters.
#![expect(unsafe_code, reason = "descriptors of programs are numbers that may be closed by now")]

use interpreter::object::handle::{Args, Handle};
use interpreter::object::list::List;
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};
use nix::libc;
use nix::sys::termios::{self, BaudRate, FlowArg, FlushArg, SetArg, Termios};
use std::os::fd::{BorrowedFd, RawFd};

macro_rules! constants {
    ($($name:ident)*) => {
        interpreter::table! { pub ROWS, NAMES, DOCS:
            /// tcgetattr(file): the attributes, as a list.
            def tcgetattr(1) = get;
            /// tcsetattr(file, when, attributes): sets the attributes.
            def tcsetattr(3) = set;
            /// setraw(file): passes every byte as it is, at once.
            def setraw(1) = set_raw;
            /// What goes wrong with a terminal.
            const error = Word::of_static(&interpreter::object::exception::OS_ERROR);
            /// tcdrain(file): waits until all is sent.
            def tcdrain(1) = |vm, args| { let fd = descriptor(vm, args.at(0))?; done(vm, termios::tcdrain(fd)) };
            /// tcflow(file, action): stops or goes on, one way or the other.
            def tcflow(2) = flow;
            /// tcflush(file, queue): drops what was not read or not sent yet.
            def tcflush(2) = flush;
            /// tcsendbreak(file, duration): sends a break.
            def tcsendbreak(2) = |vm, args| {
                let (fd, duration) = (descriptor(vm, args.at(0))?, vm.index(args.at(1))?);
                done(vm, termios::tcsendbreak(fd, duration as i32))
            };
            $(
            /// The system's number of this name.
            const $name = Word::int(libc::$name as isize);
            )*
        }
    };
}

constants! {
    B50 B75 B110 B134 B150 B200 B300 B600 B1200 B1800 B2400 B4800 B9600 B19200 B38400 B57600 B115200 B230400
    BRKINT ICRNL IGNBRK IGNCR IGNPAR INLCR INPCK ISTRIP IXANY IXOFF IXON PARMRK
    OPOST ONLCR OCRNL ONOCR ONLRET
    CLOCAL CREAD CS5 CS6 CS7 CS8 CSIZE CSTOPB HUPCL PARENB PARODD
    ECHO ECHOE ECHOK ECHONL ICANON IEXTEN ISIG NOFLSH TOSTOP
    VEOF VEOL VERASE VINTR VKILL VMIN VQUIT VSTART VSTOP VSUSP VTIME
    TCSANOW TCSADRAIN TCSAFLUSH TCIFLUSH TCOFLUSH TCIOFLUSH TCOOFF TCOON TCIOFF TCION
    B0 B1000000 B1152000 B1500000 B2000000 B2500000 B3000000 B3500000 B4000000 B460800 B500000 B576000 B921600 BS0 BS1
    BSDLY CBAUD CBAUDEX CIBAUD CR0 CR1 CR2 CR3 CRDLY CRTSCTS ECHOCTL ECHOKE ECHOPRT EXTA EXTB EXTPROC FF0 FF1 FFDLY
    FIOASYNC FIOCLEX FIONBIO FIONCLEX FIONREAD FLUSHO IMAXBEL IUCLC IUTF8 NCCS NL0 NL1 NLDLY OFDEL OFILL OLCUC PENDIN
    TAB0 TAB1 TAB2 TAB3 TABDLY TCFLSH TCGETA TCGETS TCSBRK TCSBRKP TCSETA TCSETAF TCSETAW TCSETS TCSETSF TCSETSW TCXONC
    TIOCCONS TIOCEXCL TIOCGETD TIOCGICOUNT TIOCGLCKTRMIOS TIOCGPGRP TIOCGSERIAL TIOCGSOFTCAR TIOCGWINSZ TIOCINQ
    TIOCLINUX TIOCMBIC TIOCMBIS TIOCMGET TIOCMIWAIT TIOCMSET TIOCM_CAR TIOCM_CD TIOCM_CTS TIOCM_DSR TIOCM_DTR TIOCM_LE
    TIOCM_RI TIOCM_RNG TIOCM_RTS TIOCM_SR TIOCM_ST TIOCNOTTY TIOCNXCL TIOCOUTQ TIOCPKT TIOCSCTTY TIOCSERCONFIG
    TIOCSERGETLSR TIOCSERGETMULTI TIOCSERGSTRUCT TIOCSERGWILD TIOCSERSETMULTI TIOCSERSWILD TIOCSETD TIOCSLCKTRMIOS
    TIOCSPGRP TIOCSSERIAL TIOCSSOFTCAR TIOCSTI TIOCSWINSZ VDISCARD VEOL2 VLNEXT VREPRINT VSWTC VT0 VT1 VTDLY VWERASE
    XCASE XTABS _POSIX_VDISABLE
}

/// The descriptor of a number, or of what has a `fileno()`. Whoever asks about one sees what was written by others.
pub(super) fn descriptor(vm: &Vm, word: Word) -> Outcome<BorrowedFd<'static>> {
    crate::held::settle_all();
    let number = match vm.find_attribute(word, name!(fileno))?.set() {
        Some(method) => vm.index(vm.call(method, &[])?)?,
        None => vm.index(word)?,
    };
    borrowed(number).ok_or_else(|| vm.value_error("file descriptor cannot be a negative integer"))
}

/// The descriptor of a number that is not negative.
pub fn borrowed(number: isize) -> Option<BorrowedFd<'static>> {
    let fd = RawFd::try_from(number).ok().filter(|fd| *fd >= 0)?;
    // SAFETY: used for calls of the system alone, which answer `EBADF` for a number that is no open descriptor.
    Some(unsafe { BorrowedFd::borrow_raw(fd) })
}

fn system<T>(vm: &Vm, result: nix::Result<T>) -> Outcome<T> {
    result.map_err(|errno| crate::errors::told(vm, errno))
}

fn done(vm: &Vm, result: nix::Result<()>) -> Outcome {
    system(vm, result).map(|()| Word::NONE)
}

fn get(vm: &Vm, args: Args) -> Outcome {
    let attributes: libc::termios = system(vm, termios::tcgetattr(descriptor(vm, args.at(0))?))?.into();
    let is_raw = attributes.c_lflag & libc::ICANON == 0;
    let characters = vm.new_list(&[])?;
    for (index, byte) in attributes.c_cc.iter().enumerate() {
        // Two of them are numbers, where lines are not edited.
        let is_number = is_raw && (index == libc::VMIN || index == libc::VTIME);
        let character = if is_number { Word::int(*byte as isize) } else { vm.new_bytes(&[*byte])? };
        vm.call_method(characters, name!(append), &[character])?;
    }
    let modes = [attributes.c_iflag, attributes.c_oflag, attributes.c_cflag, attributes.c_lflag];
    let [input, output, control, local] = modes.map(|mode| Word::int(mode as isize));
    let [from, to] = [attributes.c_ispeed, attributes.c_ospeed].map(|speed| Word::int(speed as isize));
    vm.new_list(&[input, output, control, local, from, to, characters])
}

fn set(vm: &Vm, args: Args) -> Outcome {
    let fd = descriptor(vm, args.at(0))?;
    let when = match vm.index(args.at(1))? as i32 {
        libc::TCSANOW => SetArg::TCSANOW,
        libc::TCSADRAIN => SetArg::TCSADRAIN,
        libc::TCSAFLUSH => SetArg::TCSAFLUSH,
        _ => return Err(vm.value_error("when is TCSANOW, TCSADRAIN or TCSAFLUSH")),
    };
    let list = Handle::<List>::from(vm.native(args.at(2))).filter(|list| list.get().len() == 7);
    let Some(list) = list else { return Err(vm.type_error("tcsetattr, arg 3: must be 7 element list")) };
    let part = |index: usize| vm.index(list.get().at(index).unwrap_or(Word::NONE));
    let mut attributes: libc::termios = system(vm, termios::tcgetattr(fd))?.into();
    attributes.c_iflag = part(0)? as libc::tcflag_t;
    attributes.c_oflag = part(1)? as libc::tcflag_t;
    attributes.c_cflag = part(2)? as libc::tcflag_t;
    attributes.c_lflag = part(3)? as libc::tcflag_t;
    characters(vm, list.get().at(6).unwrap_or(Word::NONE), &mut attributes)?;
    let mut attributes = Termios::from(attributes);
    let speed = |index: usize| {
        let speed = BaudRate::try_from(part(index)? as libc::speed_t);
        speed.map_err(|_| vm.value_error("no speed of a line"))
    };
    system(vm, termios::cfsetispeed(&mut attributes, speed(4)?))?;
    system(vm, termios::cfsetospeed(&mut attributes, speed(5)?))?;
    done(vm, termios::tcsetattr(fd, when, &attributes))
}

/// Control characters: a byte as `bytes`, or a number.
fn characters(vm: &Vm, list: Word, attributes: &mut libc::termios) -> Outcome<()> {
    let wrong = || vm.type_error("tcsetattr: elements of attributes must be characters or integers");
    let Some(list) = Handle::<List>::from(vm.native(list)) else { return Err(wrong()) };
    for (index, to) in attributes.c_cc.iter_mut().enumerate() {
        let Some(word) = list.get().at(index) else { return Err(wrong()) };
        *to = match word.as_int() {
            Some(number) => number as libc::cc_t,
            None => match vm.bytes_of(word)? {
                [byte] => *byte,
                _ => return Err(wrong()),
            },
        };
    }
    Ok(())
}

fn set_raw(vm: &Vm, args: Args) -> Outcome {
    let fd = descriptor(vm, args.at(0))?;
    let mut attributes = system(vm, termios::tcgetattr(fd))?;
    termios::cfmakeraw(&mut attributes);
    done(vm, termios::tcsetattr(fd, SetArg::TCSAFLUSH, &attributes))
}

fn flush(vm: &Vm, args: Args) -> Outcome {
    let queue = match vm.index(args.at(1))? as i32 {
        libc::TCIFLUSH => FlushArg::TCIFLUSH,
        libc::TCOFLUSH => FlushArg::TCOFLUSH,
        libc::TCIOFLUSH => FlushArg::TCIOFLUSH,
        _ => return Err(vm.value_error("queue is TCIFLUSH, TCOFLUSH or TCIOFLUSH")),
    };
    done(vm, termios::tcflush(descriptor(vm, args.at(0))?, queue))
}

fn flow(vm: &Vm, args: Args) -> Outcome {
    let action = match vm.index(args.at(1))? as i32 {
        libc::TCOOFF => FlowArg::TCOOFF,
        libc::TCOON => FlowArg::TCOON,
        libc::TCIOFF => FlowArg::TCIOFF,
        libc::TCION => FlowArg::TCION,
        _ => return Err(vm.value_error("action is TCOOFF, TCOON, TCIOFF or TCION")),
    };
    done(vm, termios::tcflow(descriptor(vm, args.at(0))?, action))
}
