# Seconds that are more than a board's float has digits for, and more than its small ints.
import time

for year in (2001, 2016, 2034, 2035, 2068, 2069, 2099):
    for moment in ((year, 1, 14, 13, 0, 1, 0, 0, -1), (year, 12, 31, 23, 59, 59, 0, 0, -1)):
        seconds = int(time.mktime(moment))
        back = time.localtime(seconds)
        print(*back[:8], time.localtime(seconds + 1)[:6], int(time.mktime(back)) == seconds)
