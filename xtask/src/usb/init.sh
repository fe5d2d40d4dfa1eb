#!/bin/busybox sh
# The guest's first program: loads the modules, lays the prefix and a writable layer over the system's files, starts the rig there, and hands
# its verdict to QEMU.
PATH=/bin
bb=/bin/busybox
$bb mount -t devtmpfs dev /dev
$bb mount -t proc proc /proc
$bb mount -t sysfs sys /sys
for module in /modules/*.ko; do $bb insmod "$module" || echo "$module does not load"; done
for share in system prefix; do
    $bb mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=524288,cache=loose $share /$share
done
$bb mount -t tmpfs over /over
$bb mkdir /over/new /over/work
$bb mount -t overlay -o "lowerdir=/prefix:/system,upperdir=/over/new,workdir=/over/work" overlay /root
for folder in dev proc sys; do $bb mount --move /$folder /root/$folder; done
$bb mount -t tmpfs tmp /root/tmp
$bb mount -t tmpfs run /root/run
$bb mkdir -p /root/dev/pts /root/dev/shm
$bb mount -t devpts pts /root/dev/pts
# Packets as on a cable: small buffers stand still behind the packets of 64 kB that a computer sends itself.
$bb ifconfig lo 127.0.0.1 mtu 1500 up
echo "The guest is up after $($bb cut -d' ' -f1 /root/proc/uptime) s."
# A scene's name has no blanks; without any, all are played.
words=$(echo "$SCENES" | $bb tr , ' ')
PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LANG=C.UTF-8 PYTHON="$PYTHON" UNPLUGS="$UNPLUGS" $bb chroot /root "$RIG" $words
passed=$?
verdict='\0'
[ $passed = 0 ] && verdict='\1'
printf "$verdict" | $bb dd of=/root/dev/port bs=1 seek=244 2>/root/tmp/dd
$bb poweroff -f
