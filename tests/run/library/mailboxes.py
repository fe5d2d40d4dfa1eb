# not CPython: it fails at one of the lines itself
# mailbox: each format written, read again, changed; what one says of a message told to another.
import mailbox, os, shutil, tempfile
from email.message import EmailMessage
folder = tempfile.mkdtemp()
def letter(n, body='dear\nFrom here\n'):
    message = EmailMessage()
    message['Subject'], message['From'] = 'letter %d' % n, 'a@b.c'
    message.set_content(body)
    return message
def path(name): return os.path.join(folder, name)
for kind in (mailbox.Maildir, mailbox.mbox, mailbox.MMDF, mailbox.MH, mailbox.Babyl):
    name = kind.__name__
    box = kind(path(name))
    keys = [box.add(letter(1)), box.add(b'Subject: bytes\n\nsecond\n'), box.add('Subject: text\n\nthird\n')]
    box.flush()
    print(name, len(box), sorted(m['subject'] for m in box), type(box[keys[0]]).__name__, keys[0] in box, 'none' in box)
    print(repr(box.get_string(keys[1])), box.get_bytes(keys[2]), box[keys[0]].get_payload().splitlines())
    box.lock()
    box[keys[1]] = b'Subject: other\n\nchanged\n'
    box.remove(keys[2])
    box.discard(keys[2])
    box.flush()
    box.unlock()
    box.close()
    box = kind(path(name), create=False)
    print(sorted(m['subject'] for m in box.values()), len(box.keys()), box.get('none', 'no'))
    try: box.remove('none')
    except KeyError as e: print(e)
    with box.get_file(keys[1] if name == 'Maildir' else list(box.keys())[1]) as file: print(file.readline(), file.tell(), len(file.read()) > 0)
    print(box.popitem()[1]['subject'] in ('letter 1', 'other'), len(box))
    box.update({})
    try: box.update({'none': 'x'})
    except KeyError as e: print(e)
    box.clear(); box.flush(); print(len(box)); box.close()
    try: kind(path('no'), create=False)
    except mailbox.NoSuchMailboxError as e: print(type(e).__name__, os.path.basename(str(e)))
md = mailbox.Maildir(path('folders'))
sub = md.add_folder('sub')
key = sub.add(letter(2))
print(md.list_folders(), len(md.get_folder('sub')), sub.get_message(key).get_subdir())
try: md.remove_folder('sub')
except mailbox.NotEmptyError as e: print(e)
message = sub.get_message(key); message.set_subdir('cur'); message.add_flag('SF'); message.set_date(1000); sub[key] = message
again = sub.get_message(key)
print(again.get_flags(), again.get_info(), again.get_subdir(), again.get_date())
sub.clear(); md.remove_folder('sub'); print(md.list_folders())
mh = mailbox.MH(path('mh'))
for n in range(4): mh.add(letter(n))
mh.set_sequences({'odd': [1, 3], 'run': [1, 2, 3, 4]}); print(mh.get_sequences())
mh.remove(2); mh.pack(); print(mh.keys(), mh.get_sequences(), mh.get_message(1).get_sequences())
with open(path('mh/.mh_sequences')) as file: print(file.read())
with open(path('mh/.mh_sequences'), 'w') as file: file.write('bad\n')
try: mh.get_sequences()
except mailbox.FormatError as e: print(e)
mb = mailbox.mbox(path('box'))
key = mb.add('From me@here Sat Jan  1 00:00:00 2000\nSubject: own line\n\nFrom inside\n')
print(mb.get_bytes(key, from_=True), mb[key].get_from(), mb.get_bytes(key)); mb.flush()
with open(path('box'), 'ab') as file: file.write(b'x')
mb.remove(key)
try: mb.flush()
except mailbox.ExternalClashError as e: print(e)
one = mailbox.MaildirMessage(letter(9)); one.set_flags('RFST'); one.set_subdir('cur'); one.set_date(0)
for kind in (mailbox.mboxMessage, mailbox.MHMessage, mailbox.BabylMessage, mailbox.MMDFMessage, mailbox.Message):
    other = kind(one); back = mailbox.MaildirMessage(other)
    print(kind.__name__, getattr(other, 'get_flags', list)(), getattr(other, 'get_sequences', list)(), getattr(other, 'get_labels', list)(),
          other.get_from() if hasattr(other, 'get_from') else '', back.get_flags(), back.get_subdir(), kind.__module__)
for wrong in (lambda: mb.add(5), lambda: mb.add('\xe9'), lambda: one.set_subdir('x'), lambda: one.set_info(1), lambda: one.set_date('x'), lambda: mailbox.Message(1)):
    try: wrong()
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
box = mailbox.Babyl(path('labels')); said = mailbox.BabylMessage(letter(1)); said.set_labels(['unseen', 'mine']); said.update_visible()
key = box.add(said); box.flush(); box.close(); box = mailbox.Babyl(path('labels'))
print(box[0].get_labels(), box.get_labels(), box[0].get_visible().keys())
shutil.rmtree(folder)
