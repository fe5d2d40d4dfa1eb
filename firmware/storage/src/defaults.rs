//! The files that a new file system begins with.

use interpreter::vfs::{Errno, FileSystem, OpenMode};

/// A file: its path, and what stands in it.
pub type Default = (&'static str, &'static str);

const FILES: &[Default] = &[
    ("boot.py", "# boot.py: runs first, at every start, also when a tool has connected.\n"),
    ("main.py", "# main.py: runs after boot.py. Put your program here.\n"),
    ("README.txt", "The files of this board. boot.py runs first, then main.py; modules go into lib/.\n"),
];

/// What a pyboard has besides: the driver file of old Windows systems, which know no serial line by its class.
pub const PYBOARD: &[Default] = &[(
    "pybcdc.inf",
    "; Tells Windows before 10 that the board is a serial line.\r\n\
     [Version]\r\nSignature=\"$Windows NT$\"\r\nClass=Ports\r\nClassGuid={4D36E978-E325-11CE-BFC1-08002BE10318}\r\n\
     Provider=%Maker%\r\nDriverVer=01/01/2026,1.0.0.0\r\n\r\n\
     [DestinationDirs]\r\nFakeModemCopyFileSection=12\r\n\r\n\
     [Manufacturer]\r\n%Maker%=Boards,NTamd64\r\n\r\n\
     [Boards]\r\n%Name%=Line,USB\\VID_F055&PID_9800&MI_00,USB\\VID_F055&PID_9801&MI_00,USB\\VID_F055&PID_9802&MI_00\r\n\
     [Boards.NTamd64]\r\n%Name%=Line,USB\\VID_F055&PID_9800&MI_00,USB\\VID_F055&PID_9801&MI_00,USB\\VID_F055&PID_9802&MI_00\r\n\r\n\
     [Line]\r\nInclude=mdmcpq.inf\r\nCopyFiles=FakeModemCopyFileSection\r\nAddReg=Line.Registry\r\n\
     [Line.Registry]\r\nHKR,,NTMPDriver,,usbser.sys\r\nHKR,,EnumPropPages32,,\"MsPorts.dll,SerialPortPropPageProvider\"\r\n\
     [Line.Services]\r\nAddService=usbser,2,Line.Service\r\n\
     [Line.Service]\r\nServiceType=1\r\nStartType=3\r\nErrorControl=1\r\nServiceBinary=%12%\\usbser.sys\r\n\r\n\
     [Strings]\r\nMaker=\"Taipan\"\r\nName=\"Pyboard\"\r\n",
)];

/// Writes them, and those of the board.
///
/// # Errors
/// What the file system answers.
pub fn write(files: &dyn FileSystem, of_board: &[Default]) -> Result<(), Errno> {
    for (path, text) in FILES.iter().chain(of_board) {
        let file = files.open(path, OpenMode::WRITE)?;
        let written = files.write(file, text.as_bytes());
        files.close(file)?;
        written?;
    }
    files.make_dir("lib")
}
