"""One text, one reading: the tables of spellings, and what running prose holds."""

from __future__ import annotations

import time
from datetime import date

import pytest

from fasti.documents.dates import Interval, attested, find, parse, parse_all, parse_point, span, wellformed

# text | EDTF (after "@" attested; "begin & end" where no one EDTF says both) | statuses | the four bounds
# (a row broken in two would be harder to read than a long one: hence the noqa)
TENURES = """
# the rows of the profile
1956–1957 | 1956/1957 | known, known | 1956-01-01, 1956-12-31, 1957-01-01, 1957-12-31
1957-? | 1957/ | known, unknown | 1957-01-01, 1957-12-31, 1957-01-01, –
? - May 1966 | /1966-05 | unknown, known | –, 1966-05-31, 1966-05-01, 1966-05-31
June 1989–2002 | 1989-06/2002 | known, known | 1989-06-01, 1989-06-30, 2002-01-01, 2002-12-31
2023– | 2023/.. | known, ongoing | 2023-01-01, 2023-12-31, –, –
by 1942 | [..1942] & | uncertain, not-stated | –, 1942-12-31, –, –
in the 1980s | @198X | unknown, unknown | –, 1989-12-31, 1980-01-01, –

# ranges of years, with every dash and word between
1982–1987 | 1982/1987 | known, known | 1982-01-01, 1982-12-31, 1987-01-01, 1987-12-31
1987–June 1989 | 1987/1989-06 | known, known | 1987-01-01, 1987-12-31, 1989-06-01, 1989-06-30
1990—1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990 ‒ 1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990−1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990―1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990〜1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990～1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990--1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990~1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990 to 1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990 until 1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990 till 1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990 through 1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990 up to 1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
from 1990 to 1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
From 1990 – 1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
between 1990 and 1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
since 1990 until 1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990 - until 1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
(1990–1995) | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990–1995. | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
[1990–1995] | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990–1995[3] | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
１９９０－１９９５ | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990/1995 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31

# years cut short
1990–95 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990-95 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1998–02 | 1998/2002 | known, known | 1998-01-01, 1998-12-31, 2002-01-01, 2002-12-31
1990 - 95 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
2001–5 | 2001/2005 | known, known | 2001-01-01, 2001-12-31, 2005-01-01, 2005-12-31
2005-13 | 2005/2013 | known, known | 2005-01-01, 2005-12-31, 2013-01-01, 2013-12-31
1980–12 | 1980/2012 | known, known | 1980-01-01, 1980-12-31, 2012-01-01, 2012-12-31
June 1989–95 | 1989-06/1995 | known, known | 1989-06-01, 1989-06-30, 1995-01-01, 1995-12-31
1990–95? | 1990/1995? | known, uncertain | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990–1990 | 1990/1990 | known, known | 1990-01-01, 1990-12-31, 1990-01-01, 1990-12-31

# months and days
2 January 1990–5 May 1995 | 1990-01-02/1995-05-05 | known, known | 1990-01-02, 1990-01-02, 1995-05-05, 1995-05-05
1990-12-30 - 1995-01-02 | 1990-12-30/1995-01-02 | known, known | 1990-12-30, 1990-12-30, 1995-01-02, 1995-01-02
1990-12-30-1995-01-02 | 1990-12-30/1995-01-02 | known, known | 1990-12-30, 1990-12-30, 1995-01-02, 1995-01-02
1990-12-30/1995-01-02 | 1990-12-30/1995-01-02 | known, known | 1990-12-30, 1990-12-30, 1995-01-02, 1995-01-02
30 December 1980 – 5 May 1990 | 1980-12-30/1990-05-05 | known, known | 1980-12-30, 1980-12-30, 1990-05-05, 1990-05-05
December 30, 1980 – May 5, 1990 | 1980-12-30/1990-05-05 | known, known | 1980-12-30, 1980-12-30, 1990-05-05, 1990-05-05
30.12.1980–5.5.1990 | 1980-12-30/1990-05-05 | known, known | 1980-12-30, 1980-12-30, 1990-05-05, 1990-05-05
1980.12–1985.3 | 1980-12/1985-03 | known, known | 1980-12-01, 1980-12-31, 1985-03-01, 1985-03-31
1980-12–1985-03 | 1980-12/1985-03 | known, known | 1980-12-01, 1980-12-31, 1985-03-01, 1985-03-31
1980-12 - 1985-03 | 1980-12/1985-03 | known, known | 1980-12-01, 1980-12-31, 1985-03-01, 1985-03-31
1990/5 – 1995/12 | 1990-05/1995-12 | known, known | 1990-05-01, 1990-05-31, 1995-12-01, 1995-12-31
30.XII.1980–5.V.1990 | 1980-12-30/1990-05-05 | known, known | 1980-12-30, 1980-12-30, 1990-05-05, 1990-05-05
1980年12月30日—1990年5月5日 | 1980-12-30/1990-05-05 | known, known | 1980-12-30, 1980-12-30, 1990-05-05, 1990-05-05
（1990年5月－1995年12月） | 1990-05/1995-12 | known, known | 1990-05-01, 1990-05-31, 1995-12-01, 1995-12-31
1990年至1995年 | 1990/1995 | known, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990年5月至今 | 1990-05/.. | known, ongoing | 1990-05-01, 1990-05-31, –, –
5/1990–12/1995 | 1990-05/1995-12 | known, known | 1990-05-01, 1990-05-31, 1995-12-01, 1995-12-31
May–June 1990 | 1990-05/1990-06 | known, known | 1990-05-01, 1990-05-31, 1990-06-01, 1990-06-30
May to June 1990 | 1990-05/1990-06 | known, known | 1990-05-01, 1990-05-31, 1990-06-01, 1990-06-30
3–7 May 1990 | 1990-05-03/1990-05-07 | known, known | 1990-05-03, 1990-05-03, 1990-05-07, 1990-05-07
May 3–7, 1990 | 1990-05-03/1990-05-07 | known, known | 1990-05-03, 1990-05-03, 1990-05-07, 1990-05-07
May 5 to June 7, 1990 | 1990-05-05/1990-06-07 | known, known | 1990-05-05, 1990-05-05, 1990-06-07, 1990-06-07
30 May – 2 June 1990 | 1990-05-30/1990-06-02 | known, known | 1990-05-30, 1990-05-30, 1990-06-02, 1990-06-02
5 May 1990 – 7 June | 1990-05-05/1990-06-07 | known, known | 1990-05-05, 1990-05-05, 1990-06-07, 1990-06-07
June 1990-12 July 1990 | 1990-06/1990-07-12 | known, known | 1990-06-01, 1990-06-30, 1990-07-12, 1990-07-12
May 1990 – 1995 | 1990-05/1995 | known, known | 1990-05-01, 1990-05-31, 1995-01-01, 1995-12-31
1990 – May 1995 | 1990/1995-05 | known, known | 1990-01-01, 1990-12-31, 1995-05-01, 1995-05-31
1st May 1990 to 3rd June 1991 | 1990-05-01/1991-06-03 | known, known | 1990-05-01, 1990-05-01, 1991-06-03, 1991-06-03
03/04/1990–1995 | [1990-03-04,1990-04-03] & 1995 | uncertain, known | 1990-03-04, 1990-04-03, 1995-01-01, 1995-12-31
spring 1990 – autumn 1991 | 1990-21/1991-23 | known, known | 1990-01-01, 1990-12-31, 1991-01-01, 1991-12-31
1990 May – June 1991 | 1990-05/1991-06 | known, known | 1990-05-01, 1990-05-31, 1991-06-01, 1991-06-30

# open ends: ongoing
1990– | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
1990- | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
1990 – | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
1990–present | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
1990 – Present | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
1990-now | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
1990–today | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
1990–current | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
1990–incumbent | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
1990 to date | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
1990–date | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
1990 to the present day | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
from 1990 to present | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
since 1990 | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
Since May 1990 | 1990-05/.. | known, ongoing | 1990-05-01, 1990-05-31, –, –
ever since 1990 | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
May 1990–present | 1990-05/.. | known, ongoing | 1990-05-01, 1990-05-31, –, –
1980s–present | 198X/.. | uncertain, ongoing | 1980-01-01, 1989-12-31, –, –
c. 1990–present | 1990~/.. | uncertain, ongoing | –, –, –, –
1990/.. | 1990/.. | known, ongoing | 1990-01-01, 1990-12-31, –, –
since at least 1990 | [..1990] & | uncertain, ongoing | –, 1990-12-31, –, –

# open ends: not stated, or unknown
from 1990 | 1990/ | known, not-stated | 1990-01-01, 1990-12-31, 1990-01-01, –
from 1990 onwards | 1990/ | known, not-stated | 1990-01-01, 1990-12-31, 1990-01-01, –
1990 onwards | 1990/ | known, not-stated | 1990-01-01, 1990-12-31, 1990-01-01, –
1990 on | 1990/ | known, not-stated | 1990-01-01, 1990-12-31, 1990-01-01, –
starting in 1990 | 1990/ | known, not-stated | 1990-01-01, 1990-12-31, 1990-01-01, –
with effect from 5 May 1990 | 1990-05-05/ | known, not-stated | 1990-05-05, 1990-05-05, 1990-05-05, –
1990–? | 1990/ | known, unknown | 1990-01-01, 1990-12-31, 1990-01-01, –
1990 – unknown | 1990/ | known, unknown | 1990-01-01, 1990-12-31, 1990-01-01, –
1957/ | 1957/ | known, unknown | 1957-01-01, 1957-12-31, 1957-01-01, –

# open begins
until 1995 | /1995 | not-stated, known | –, 1995-12-31, 1995-01-01, 1995-12-31
till 1995 | /1995 | not-stated, known | –, 1995-12-31, 1995-01-01, 1995-12-31
up to 1995 | /1995 | not-stated, known | –, 1995-12-31, 1995-01-01, 1995-12-31
to 1995 | /1995 | not-stated, known | –, 1995-12-31, 1995-01-01, 1995-12-31
until at least 1995 | & [1995..] | not-stated, uncertain | –, –, 1995-01-01, –
–1995 | /1995 | not-stated, known | –, 1995-12-31, 1995-01-01, 1995-12-31
?–1995 | /1995 | unknown, known | –, 1995-12-31, 1995-01-01, 1995-12-31
unknown–1995 | /1995 | unknown, known | –, 1995-12-31, 1995-01-01, 1995-12-31
(? – 1995) | /1995 | unknown, known | –, 1995-12-31, 1995-01-01, 1995-12-31
/1966-05 | /1966-05 | unknown, known | –, 1966-05-31, 1966-05-01, 1966-05-31
../1995 | /1995 | not-stated, known | –, 1995-12-31, 1995-01-01, 1995-12-31
until about 1995 | /1995~ | not-stated, uncertain | –, –, –, –

# approximate, doubtful and alternative sides
c. 1990–1995 | 1990~/1995 | uncertain, known | –, 1995-12-31, 1995-01-01, 1995-12-31
1990–c. 1995 | 1990/1995~ | known, uncertain | 1990-01-01, 1990-12-31, 1990-01-01, –
c. 1990 – c. 1995 | 1990~/1995~ | uncertain, uncertain | –, –, –, –
1990?–1995 | 1990?/1995 | uncertain, known | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990–1995? | 1990/1995? | known, uncertain | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1990–?1995 | 1990/1995? | known, uncertain | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
probably 1990–1995 | 1990?/1995? | uncertain, uncertain | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
perhaps from 1990 to 1995 | 1990?/1995? | uncertain, uncertain | 1990-01-01, 1990-12-31, 1995-01-01, 1995-12-31
1980s–1990s | 198X/199X | uncertain, uncertain | 1980-01-01, 1989-12-31, 1990-01-01, 1999-12-31
late 1980s to early 1990s | 198X/199X | uncertain, uncertain | 1980-01-01, 1989-12-31, 1990-01-01, 1999-12-31
1990 or 1991–1995 | [1990,1991] & 1995 | uncertain, known | 1990-01-01, 1991-12-31, 1995-01-01, 1995-12-31
before 1990–1995 | [..1990] & 1995 | uncertain, known | –, 1990-12-31, 1995-01-01, 1995-12-31
from before 1990 to after 1995 | [..1990] & [1995..] | uncertain, uncertain | –, 1990-12-31, 1995-01-01, –
by 1990–1995 | [..1990] & 1995 | uncertain, known | –, 1990-12-31, 1995-01-01, 1995-12-31
1990 or 1991 – 1995 or 1996 | [1990,1991] & [1995,1996] | uncertain, uncertain | 1990-01-01, 1991-12-31, 1995-01-01, 1996-12-31

# other languages, other calendars, years before 1000, a death
2 de enero de 1884–1886 | 1884-01-02/1886 | known, known | 1884-01-02, 1884-01-02, 1886-01-01, 1886-12-31
3. Mai 1688 – 1. März 1704 | 1688-05-03/1704-03-01 | known, known | 1688-05-03, 1688-05-03, 1704-03-01, 1704-03-01
1er mars 1950 – 1952 | 1950-03-01/1952 | known, known | 1950-03-01, 1950-03-01, 1952-01-01, 1952-12-31
24 апреля 1880 – 19 октября 1905 | 1880-04-24/1905-10-19 | known, known | 1880-04-24, 1880-04-24, 1905-10-19, 1905-10-19
1909 г. – 1915 г. | 1909/1915 | known, known | 1909-01-01, 1909-12-31, 1915-01-01, 1915-12-31
31 December [O.S. 20 December] 1741 – 1753 | 1741-12-31/1753 | known, known | 1741-12-31, 1741-12-31, 1753-01-01, 1753-12-31
14 (25) March 1719 – 1738 | [1719-03-14,1719-03-25] & 1738 | uncertain, known | 1719-03-14, 1719-03-25, 1738-01-01, 1738-12-31
1763 – 24 Oct./4 Nov. 1768 | 1763 & [1768-10-24,1768-11-04] | known, uncertain | 1763-01-01, 1763-12-31, 1768-10-24, 1768-11-04
1832 – March/April 1836 | 1832 & [1836-03,1836-04] | known, uncertain | 1832-01-01, 1832-12-31, 1836-03-01, 1836-04-30
AD 41–54 | 0041/0054 | known, known | 0041-01-01, 0041-12-31, 0054-01-01, 0054-12-31
117–122 AD | 0117/0122 | known, known | 0117-01-01, 0117-12-31, 0122-01-01, 0122-12-31
618–907 | 0618/0907 | known, known | 0618-01-01, 0618-12-31, 0907-01-01, 0907-12-31
1836 – d. 1855 | 1836/1855 | known, known | 1836-01-01, 1836-12-31, 1855-01-01, 1855-12-31
from May 1862 until his death in 1870 | 1862-05/1870 | known, known | 1862-05-01, 1862-05-31, 1870-01-01, 1870-12-31
1971 – n.d. | 1971/ | known, unknown | 1971-01-01, 1971-12-31, 1971-01-01, –
618 | none
11 May 1725 O.S. | none
45 BC – AD 3 | none

# a single date: so it was at that time
winter 1935/36 | @1935-24 | unknown, unknown | –, 1936-03-31, 1935-12-01, –
1st c. AD | @00XX | unknown, unknown | –, 0100-12-31, 0001-01-01, –
(1995) | @1995 | unknown, unknown | –, 1995-12-31, 1995-01-01, –
1995 | @1995 | unknown, unknown | –, 1995-12-31, 1995-01-01, –
in 1995 | @1995 | unknown, unknown | –, 1995-12-31, 1995-01-01, –
during May 1995 | @1995-05 | unknown, unknown | –, 1995-05-31, 1995-05-01, –
5 May 1995 | @1995-05-05 | unknown, unknown | –, 1995-05-05, 1995-05-05, –
on 5 May 1995 | @1995-05-05 | unknown, unknown | –, 1995-05-05, 1995-05-05, –
May 5, 1995 | @1995-05-05 | unknown, unknown | –, 1995-05-05, 1995-05-05, –
the 1980s | @198X | unknown, unknown | –, 1989-12-31, 1980-01-01, –
the 1980's | @198X | unknown, unknown | –, 1989-12-31, 1980-01-01, –
198X | @198X | unknown, unknown | –, 1989-12-31, 1980-01-01, –
early 1990s | @199X | unknown, unknown | –, 1999-12-31, 1990-01-01, –
mid-1990s | @199X | unknown, unknown | –, 1999-12-31, 1990-01-01, –
mid- to late 1990s | @199X | unknown, unknown | –, 1999-12-31, 1990-01-01, –
20th century | @19XX | unknown, unknown | –, 2000-12-31, 1900-01-01, –
19XX | @19XX | unknown, unknown | –, 1999-12-31, 1900-01-01, –
1900s | @19XX | unknown, unknown | –, 1999-12-31, 1900-01-01, –
spring 1990 | @1990-21 | unknown, unknown | –, 1990-12-31, 1990-01-01, –
Winter 1990 | @1990-24 | unknown, unknown | –, 1991-03-31, 1989-12-01, –
c. 1990 | @1990~ | unknown, unknown | –, –, –, –
ca. 1990 | @1990~ | unknown, unknown | –, –, –, –
circa 1990 | @1990~ | unknown, unknown | –, –, –, –
c1990 | @1990~ | unknown, unknown | –, –, –, –
about 1990 | @1990~ | unknown, unknown | –, –, –, –
1990~ | @1990~ | unknown, unknown | –, –, –, –
1990? | @1990? | unknown, unknown | –, 1990-12-31, 1990-01-01, –
1990 (?) | @1990? | unknown, unknown | –, 1990-12-31, 1990-01-01, –
probably 1990 | @1990? | unknown, unknown | –, 1990-12-31, 1990-01-01, –
probably c. 1990 | @1990% | unknown, unknown | –, –, –, –
1990 or 1991 | @[1990,1991] | unknown, unknown | –, 1991-12-31, 1990-01-01, –
May or June 1990 | @[1990-05,1990-06] | unknown, unknown | –, 1990-06-30, 1990-05-01, –
1990/91 | @[1990,1991] | unknown, unknown | –, 1991-12-31, 1990-01-01, –
1990/1991 | @[1990,1991] | unknown, unknown | –, 1991-12-31, 1990-01-01, –
as of 1990 | @1990 | unknown, unknown | –, 1990-12-31, 1990-01-01, –
as late as 1990 | @1990 | unknown, unknown | –, 1990-12-31, 1990-01-01, –
before 1990 | @[..1990] | unknown, unknown | –, 1990-12-31, –, –
after 1990 | @[1990..] | unknown, unknown | –, –, 1990-01-01, –
no later than 1990 | [..1990] & | uncertain, not-stated | –, 1990-12-31, –, –
as early as 1990 | [..1990] & | uncertain, not-stated | –, 1990-12-31, –, –
by the end of 1990 | [..1990] & | uncertain, not-stated | –, 1990-12-31, –, –
by the 1980s | [..1989] & | uncertain, not-stated | –, 1989-12-31, –, –
not before 1990 | [1990..] & | uncertain, not-stated | 1990-01-01, –, 1990-01-01, –
no earlier than May 1990 | [1990-05..] & | uncertain, not-stated | 1990-05-01, –, 1990-05-01, –
not until 1990 | @1990 | unknown, unknown | –, 1990-12-31, 1990-01-01, –
2005-08 | @2005 | unknown, unknown | –, 2005-12-31, 2005-01-01, –
1998-02 | @1998-02 | unknown, unknown | –, 1998-02-28, 1998-02-01, –
1980-12 | @1980-12 | unknown, unknown | –, 1980-12-31, 1980-12-01, –
03/04/1990 | @[1990-03-04,1990-04-03] | unknown, unknown | –, 1990-04-03, 1990-03-04, –

# no tenure
incumbent | none
present | none
? | none
– | none
? – ? | none
? – present | none
May | none
16 May | none
30 February 1990 | none
29 February 1990 | none
1990-13 | none
1990-02-30 | none
13/13/1990 | none
1995–1990 | none
May 1995 – April 1995 | none
May 1990–1989 | none
1995–90 | none
December – January 1991 | none
1990-5 | none
2001/2 | none
1990年13月 | none
1990年2月30日 | none
31 II 1990 | none
2001/02 | none
44 BC | none
300 BC – 1990 | none
1980s BC | none
0800 | none
19900 | none
1956–1957, 1960–1962 | none
1990 and 1991 | none
head | none
1990, head | none
80s | none
by c. 1990 | none
No. 1990 | none
A1990 | none
1,990 | none
"""

EVENTS = """
October 1949 | 1949-10 | known, known | 1949-10-01, 1949-10-31, 1949-10-01, 1949-10-31
later than 1955 | [1955..] | uncertain, uncertain | 1955-01-01, –, 1955-01-01, –
after 1955 | [1955..] | uncertain, uncertain | 1955-01-01, –, 1955-01-01, –
probably 1966 | 1966? | uncertain, uncertain | 1966-01-01, 1966-12-31, 1966-01-01, 1966-12-31
before 1955 | [..1955] | uncertain, uncertain | –, 1955-12-31, –, 1955-12-31
by 1942 | [..1942] | uncertain, uncertain | –, 1942-12-31, –, 1942-12-31
in 1955 | 1955 | known, known | 1955-01-01, 1955-12-31, 1955-01-01, 1955-12-31
on 30 December 1980 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
30th of December, 1980 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
December 30th 1980 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
Dec. 30, 1980 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
Tuesday, 30 December 1980 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
1980-12-30 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
1980/12/30 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
30/12/1980 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
12/30/1980 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
30.12.1980 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
1980年12月30日 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
30 XII 1980 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
1980年12月 | 1980-12 | known, known | 1980-12-01, 1980-12-31, 1980-12-01, 1980-12-31
1980年代 | 198X | uncertain, uncertain | 1980-01-01, 1989-12-31, 1980-01-01, 1989-12-31
30-Dec-1980 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
1980 December 30 | 1980-12-30 | known, known | 1980-12-30, 1980-12-30, 1980-12-30, 1980-12-30
05/05/1990 | 1990-05-05 | known, known | 1990-05-05, 1990-05-05, 1990-05-05, 1990-05-05
03/04/1990 | [1990-03-04,1990-04-03] | uncertain, uncertain | 1990-03-04, 1990-04-03, 1990-03-04, 1990-04-03
Sept. 1990 | 1990-09 | known, known | 1990-09-01, 1990-09-30, 1990-09-01, 1990-09-30
sep 1990 | 1990-09 | known, known | 1990-09-01, 1990-09-30, 1990-09-01, 1990-09-30
5/1990 | 1990-05 | known, known | 1990-05-01, 1990-05-31, 1990-05-01, 1990-05-31
1990.5 | 1990-05 | known, known | 1990-05-01, 1990-05-31, 1990-05-01, 1990-05-31
1990-05 | 1990-05 | known, known | 1990-05-01, 1990-05-31, 1990-05-01, 1990-05-31
2005-08 | 2005-08 | known, known | 2005-08-01, 2005-08-31, 2005-08-01, 2005-08-31
autumn 1990 | 1990-23 | known, known | 1990-01-01, 1990-12-31, 1990-01-01, 1990-12-31
fall of 1990 | 1990-23 | known, known | 1990-01-01, 1990-12-31, 1990-01-01, 1990-12-31
summer 1990 | 1990-22 | uncertain, uncertain | 1989-12-01, 1991-03-31, 1989-12-01, 1991-03-31
1990 winter | 1990-24 | uncertain, uncertain | 1989-12-01, 1991-03-31, 1989-12-01, 1991-03-31
first quarter of 1990 | 1990-33 | known, known | 1990-01-01, 1990-03-31, 1990-01-01, 1990-03-31
Q4 1990 | 1990-36 | known, known | 1990-10-01, 1990-12-31, 1990-10-01, 1990-12-31
the second half of 1990 | 1990-41 | known, known | 1990-07-01, 1990-12-31, 1990-07-01, 1990-12-31
early 1990 | 1990 | known, known | 1990-01-01, 1990-12-31, 1990-01-01, 1990-12-31
at the end of May 1990 | 1990-05 | known, known | 1990-05-01, 1990-05-31, 1990-05-01, 1990-05-31
late in 1990 | 1990 | known, known | 1990-01-01, 1990-12-31, 1990-01-01, 1990-12-31
in the 1980s | 198X | uncertain, uncertain | 1980-01-01, 1989-12-31, 1980-01-01, 1989-12-31
20th century | 19XX | uncertain, uncertain | 1900-01-01, 2000-12-31, 1900-01-01, 2000-12-31
late 19th century | 18XX | uncertain, uncertain | 1800-01-01, 1900-12-31, 1800-01-01, 1900-12-31
between 1990 and 1995 | [1990..1995] | uncertain, uncertain | 1990-01-01, 1995-12-31, 1990-01-01, 1995-12-31
between May and July 1990 | [1990-05..1990-07] | uncertain, uncertain | 1990-05-01, 1990-07-31, 1990-05-01, 1990-07-31
3–7 May 1990 | 1990-05-03/1990-05-07 | known, known | 1990-05-03, 1990-05-03, 1990-05-07, 1990-05-07
c. 1990 | 1990~ | uncertain, uncertain | –, –, –, –
1990 or 1991 | [1990,1991] | uncertain, uncertain | 1990-01-01, 1991-12-31, 1990-01-01, 1991-12-31
as of 1990 | 1990 | known, known | 1990-01-01, 1990-12-31, 1990-01-01, 1990-12-31
AD 1990 | 1990 | known, known | 1990-01-01, 1990-12-31, 1990-01-01, 1990-12-31
1990 CE | 1990 | known, known | 1990-01-01, 1990-12-31, 1990-01-01, 1990-12-31
1990–present | none
since 1990 | none
until 1995 | none
1957-? | none
30 February 1990 | none
29 February 1988 | 1988-02-29 | known, known | 1988-02-29, 1988-02-29, 1988-02-29, 1988-02-29
"""


def rows(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.splitlines() if " | " in line]


def shown(interval: Interval | None) -> list[str]:
    """An interval as a row of the tables has it, without the text."""
    if interval is None:
        return ["none"]
    whole = interval.edtf or (interval.attested_edtf and "@" + interval.attested_edtf)
    sides = f"{interval.begin_edtf or ''} & {interval.end_edtf or ''}".strip()
    bounds = (interval.earliest_begin, interval.latest_begin, interval.earliest_end, interval.latest_end)
    return [
        whole or sides,
        f"{interval.begin_status}, {interval.end_status}",
        ", ".join(str(bound) if bound else "–" for bound in bounds),
    ]


def test_the_tables_hold_the_spellings_they_should() -> None:
    assert len(rows(TENURES)) == 236
    assert len(rows(EVENTS)) == 58
    assert len({row[0] for row in rows(TENURES)}) == 236


@pytest.mark.parametrize(("text", "expected"), [(row[0], row[1:]) for row in rows(TENURES)])
def test_a_text_is_read_as_a_tenure(text: str, expected: list[str]) -> None:
    assert shown(parse(text)) == expected


@pytest.mark.parametrize(("text", "expected"), [(row[0], row[1:]) for row in rows(EVENTS)])
def test_a_text_is_read_as_the_date_of_an_event(text: str, expected: list[str]) -> None:
    assert shown(parse_point(text)) == expected


@pytest.mark.parametrize("text", [row[0] for row in rows(TENURES) + rows(EVENTS)])
def test_all_edtf_is_wellformed(text: str) -> None:
    for interval in (parse(text), parse_point(text)):
        if interval:
            said = (interval.edtf, interval.attested_edtf, interval.begin_edtf, interval.end_edtf)

            assert any(said)
            assert all(wellformed(edtf) for edtf in said if edtf)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("1956–1957", ("1956", "year"), ("1957", "year")),
        ("? - May 1966", None, ("1966-05", "month")),
        ("30 December 1980 – present", ("1980-12-30", "day"), None),
        ("1990?–1995", ("1990", "year"), ("1995", "year")),
        ("spring 1990 – 1995", ("1990", "year"), ("1995", "year")),
        ("c. 1990–1995", None, ("1995", "year")),
        ("1980s–1995", None, ("1995", "year")),
        ("in 1995", None, None),
    ],
)
def test_an_instant_has_the_precision_of_the_text(
    text: str, begin: tuple[str, str] | None, end: tuple[str, str] | None
) -> None:
    """An end that is open, unknown or vaguer than a year has none."""
    interval = parse(text)

    assert interval is not None
    assert (interval.begin and (interval.begin.value, interval.begin.precision)) == begin
    assert (interval.end and (interval.end.value, interval.end.precision)) == end


PROSE = {
    "In 1955, the Secretariat was abolished. It was later abolished (after 1955).": ["In 1955", "after 1955"],
    "In May 1966, a meeting. On May 22, 1966, another; the May 16 Notice.": [
        "In May 1966",
        "On May 22, 1966",
    ],
    "though it existed by 1942 as Li Fuchun was its chief": ["by 1942"],
    "He Zai (1956–1957, head)": ["1956–1957"],
    "Wang Gang (1957-?, person in charge)": ["1957-?"],
    "Tian Jiaying (? - May 1966, deputy director)": ["? - May 1966"],
    "Bao Tong (1987–June 1989) (de facto)": ["1987–June 1989"],
    "Han Shiming (2023–)": ["2023–"],
    "Jane Doe (–1990), Max Roe (1995)": ["–1990", "1995"],
    "served from 1990 to 1995 and again between 1997 and 1999": [
        "from 1990 to 1995",
        "between 1997 and 1999",
    ],
    "has led it since at least 1990.": ["since at least 1990"],
    "in 1956, 1960 and 1964 congresses met": ["in 1956", "1960", "1964"],
    "the 1954 Constitution and the law of 1982": ["the 1954", "1982"],
    "from the mid-1980s to the early 1990s": ["from the mid-1980s to the early 1990s"],
    "It was not until 1989 that it was clearly established": ["not until 1989"],
    "no later than 5 May 1990 or in the 19th century": ["no later than 5 May 1990", "in the 19th century"],
    "was founded on 1980-12-30.": ["on 1980-12-30"],
    "The bureau (established in c. 1931) lapsed": ["in c. 1931"],
    "as of 1 January 2000 there were twelve": ["as of 1 January 2000"],
    "In 1982—the year of reform—it moved": ["In 1982"],
    "lasted until 1990, when it closed": ["until 1990"],
    "From 1990 onwards they met.": ["From 1990 onwards"],
    "from 1949 to the present": ["from 1949 to the present"],
    "于1949年10月1日成立，1955年撤销": ["1949年10月1日", "1955年"],
    "signed on 30.XII.1980 in Oslo": ["on 30.XII.1980"],
}


@pytest.mark.parametrize(("text", "expected"), PROSE.items())
def test_prose_holds_these_dates(text: str, expected: list[str]) -> None:
    assert [text[found.start : found.end] for found in find(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "some 1500 people, about 2000 staff, by 1200 votes, from 1200 to 1500 members",
        "No. 1990, Room 1990, pp. 1956–1957, ISO 1990-1, A1990, 1990a, $1990",
        "1,990 yuan; 1990.5 metres; +86 10 1990; T-1990; 1990/12",
        "on 5 May, in March, they may march, sat in the sun, May 16 Notice",
        "in 44 BC; in 1200 B.C.; 30 February 1990; from 1995 to 1990",
        "the incumbent, to date, now, at present, until now, unknown",
        "Is it true? - He said so. 1-2, 3/4, 5.6",
        "The unit has 1990 in stock",
        "chapters 3–7, and items 12 to 15",
        "5 x 1990 metres; Louis XIV, 1990/5; 12345年, 昭和45年, 13年, 至今, 现在",
        "",
    ],
)
def test_prose_that_holds_no_date(text: str) -> None:
    """Digits are no year unless the text sets them apart or a word says so."""
    assert [text[found.start : found.end] for found in find(text)] == []


def test_prose_is_read_as_events_and_ranges() -> None:
    found = [shown(found.interval) for found in find("in the 1980s, since 1990, as of 1991 and by 1942")]

    assert found == [
        ["198X", "uncertain, uncertain", "1980-01-01, 1989-12-31, 1980-01-01, 1989-12-31"],
        ["1990/..", "known, ongoing", "1990-01-01, 1990-12-31, –, –"],
        ["@1991", "unknown, unknown", "–, 1991-12-31, 1991-01-01, –"],
        ["[..1942]", "uncertain, uncertain", "–, 1942-12-31, –, 1942-12-31"],
    ]


def test_a_date_does_not_go_over_the_end_of_a_line() -> None:
    assert [(found.start, found.end) for found in find("in May\n1990–\n1995")] == [(7, 12), (13, 17)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1956–1957, 1960–1962", ["1956–1957", "1960–1962"]),
        ("1956–1957; 1960–", ["1956–1957", "1960–"]),
        ("(May 5, 1990 – June 1991, 1995 and since 2000)", ["May 5, 1990 – June 1991", "1995", "since 2000"]),
        ("between 1990 and 1995, and 1997", ["between 1990 and 1995", "1997"]),
        ("1990–1995", ["1990–1995"]),
        ("1956–1957, head", []),
        ("1995–1990, 1960", []),
        ("head", []),
        ("", []),
    ],
)
def test_a_list_is_tenures_only_when_every_part_is_one(text: str, expected: list[str]) -> None:
    assert [text[found.start : found.end] for found in parse_all(text)] == expected


def test_existed_by_1942_goes_on_with_its_begin_as_edtf() -> None:
    """The profile's row: [..1942] as begin; uncertain, ongoing; –, 1942-12-31, –, –."""
    existence = span(begin=parse_point("by 1942"), ongoing=True)

    assert shown(existence) == ["[..1942] &", "uncertain, ongoing", "–, 1942-12-31, –, –"]


@pytest.mark.parametrize(
    ("begin", "end", "ongoing", "expected"),
    [
        ("1980", None, False, ["1980/", "known, not-stated", "1980-01-01, 1980-12-31, 1980-01-01, –"]),
        ("1980", None, True, ["1980/..", "known, ongoing", "1980-01-01, 1980-12-31, –, –"]),
        (None, "1990-05", False, ["/1990-05", "not-stated, known", "–, 1990-05-31, 1990-05-01, 1990-05-31"]),
        (
            "1980",
            "1990",
            False,
            ["1980/1990", "known, known", "1980-01-01, 1980-12-31, 1990-01-01, 1990-12-31"],
        ),
        (
            "3–7 May 1990",
            None,
            True,
            ["[1990-05-03..1990-05-07] &", "uncertain, ongoing", "1990-05-03, 1990-05-07, –, –"],
        ),
        ("1990", "1980", False, ["none"]),
        (None, None, True, ["none"]),
    ],
)
def test_a_span_is_put_together_from_points(
    begin: str | None, end: str | None, ongoing: bool, expected: list[str]
) -> None:
    points = (parse_point(begin) if begin else None, parse_point(end) if end else None)

    assert shown(span(*points, ongoing=ongoing)) == expected


def test_a_point_can_attest_a_state() -> None:
    """The profile: "its chief at that time", 1942: attested 1942."""
    point = parse_point("1942")

    assert point is not None
    assert shown(attested(point)) == ["@1942", "unknown, unknown", "–, 1942-12-31, 1942-01-01, –"]


def test_an_open_range_is_no_point() -> None:
    ongoing = parse("1990–present")

    assert ongoing is not None
    with pytest.raises(ValueError, match=r"found 1990/\.\., expected the date of an event"):
        attested(ongoing)
    with pytest.raises(ValueError, match="goes on"):
        span(end=parse_point("1990"), ongoing=True)


EXAMPLES = """
    1985-04-12 1985-04 1985 1985-04-12T23:20:30Z 1964/2008 2004-06/2006-08 2004-02-01/2005-02-08 Y170000002
    Y-170000002 2001-21 1984? 2004-06~ 2004-06-11% 201X 20XX 2004-XX 1985-04-XX 1985-XX-XX 1985-04-12/..
    1985/..
    ../1985-04 1985-04-12/ /1985 -1985 Y-17E7 1950S2 2001-34 [1667,1668,1670..1672] [..1760-12-03] [1760-12..]
    {1667,1668,1670..1672} {..1984} 156X-12-25 15XX-12-25 XXXX-12-XX 2004-06-~11 ?2004-06-11 2004?-06-11
    1984~/2004-06 1984-06-02?/2004-08-08~ 2004-02-29 198X/199X [1900..1990,1995]
"""


@pytest.mark.parametrize("edtf", EXAMPLES.split())
def test_the_examples_of_the_specification_are_wellformed(edtf: str) -> None:
    assert wellformed(edtf)


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        "/",
        "../..",
        "/..",
        "1990-13",
        "1990-00",
        "1990-02-30",
        "2001-02-29",
        "1990-04-31",
        "1990-1",
        "199",
        "19900",
        "1990/1995/2000",
        "[1990",
        "1990]",
        "[]",
        "[1990~,]",
        "1990??",
        "1990 ",
        "1990\n",
        "c. 1990",
        "1990–1995",
        "198x",
        "[1990/1995]",
        "1990-42",
        "1990-06-32",
        "1990-06-00",
        "１９９０",
    ],
)
def test_anything_else_is_not_wellformed(edtf: str) -> None:
    assert not wellformed(edtf)


def test_a_paragraph_takes_no_time() -> None:
    """1,300 characters take about a millisecond; thirty times that still passes."""
    text = ("On June 18, 1966, the General Office announced it (1956–1957, head), which was divided. " * 15)[:1300]
    started = time.perf_counter()
    assert find(text)

    assert time.perf_counter() - started < 0.03


@pytest.mark.parametrize("piece", ["in ", "(", "1990 or ", "1990–", "the early ", "a_", "1,", "? ", "May ", "mon, "])
def test_long_repetitions_are_read_in_linear_time(piece: str) -> None:
    text = piece * 4000
    started = time.perf_counter()
    find(text)
    parse(text)
    parse_all(text)

    assert time.perf_counter() - started < 3


def test_bounds_are_dates() -> None:
    interval = parse("May 1990 – 1995")

    assert interval is not None
    assert interval.latest_begin == date(1990, 5, 31)
