#!/usr/bin/perl
# send.pl HOST:PORT [SECONDS]: sends standard input as it is, prints what comes back until the other
# side closes (or SECONDS, 10, passed).
use strict;
use warnings;
use IO::Socket::INET;

$SIG{PIPE} = 'IGNORE';
my ($where, $seconds) = @ARGV;
my $socket = IO::Socket::INET->new($where) or die "send.pl: $where: $!\n";
binmode STDIN;
binmode STDOUT;
my $request = do { local $/; <STDIN> } // '';
for (my $at = 0; $at < length $request;) {
    my $n = syswrite $socket, $request, 65536, $at or last;
    $at += $n;
}
local $SIG{ALRM} = sub { exit 0 };
alarm($seconds || 10);
$| = 1;
while (sysread $socket, my $piece, 65536) {
    print $piece;
}
