# csv.Sniffer and calendar.HTMLCalendar.
import calendar, csv

for sample in ("a,b,c\n1,2,3\n4,5,6\n", "a;b\n1;2\n", "x\ty\n1\t2\n", "'a';'b c';'d'\n'1';'2';'3'\n", '"q, r","s"\n"t","u"\n', "a|b|c\nd|e|f\n", "a, b, c\n1, 2, 3\n"):
    found = csv.Sniffer().sniff(sample)
    print(repr(found.delimiter), found.quotechar, found.skipinitialspace, list(csv.reader(sample.splitlines(), found))[-1])
print(csv.Sniffer().sniff("a,b;c\n1,2;3\n", delimiters=";").delimiter, csv.Sniffer().has_header("name,age\nBob,30\nAnna,25\n"), csv.Sniffer().has_header("1,2\n3,4\n5,6\n"))
print(calendar.HTMLCalendar().formatmonth(2024, 2))
print(calendar.HTMLCalendar(6).formatyear(2023, 4)[:400], len(calendar.HTMLCalendar().formatyearpage(2023)))
