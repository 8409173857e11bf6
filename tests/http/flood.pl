#!/usr/bin/perl
# flood.pl HOST:PORT COUNT SEED: COUNT malformed requests, each on its own connection, each another.
# Prints a line for each answer that is neither a 4xx (or 505) with problem details nor a hang-up, and
# at the end how many were answered and how many were hung up on.
use strict;
use warnings;
use IO::Socket::INET;

$SIG{PIPE} = 'IGNORE';
my ($where, $count, $seed) = @ARGV;
srand $seed;

my @paths = ('/tiles/facilities/Z/X/Y.mvt', '/tiles/heat/Z/X/Y.png', '/tiles/counties/Z/X/Y.mvt');
my @numbers = (-1, 21, 99, '1e3', 'NaN', 'inf', '0x1', '1.5', '', '99999999999999999999', ' 1', '١',
    '%31%00', "1'--", '<b>', '../../1', '..%2f..%2f1', '%2e%2e', '4294967296', '+1');
my @hostile = ("' OR 1=1 --", '<script>alert(1)</script>', '../../etc/passwd', '..%2f..%2fetc%2fpasswd',
    '%00', '%', '%zz', '%ff%fe', '%c0%ae%c0%ae', 'NaN', 'inf', '1e999', '-1', '99999999999999999999999',
    '%0d%0aX-Bad:%201', '${jndi:x}', 'a' x 3000, '{{7*7}}', "\xff\xfe", '%E2%80%AE', '|ls', '`id`');
my @parameters = ('limit', 'lon', 'lat', 'cas', 'county', 'weights', 'radius', 'near', 'min_score', 'by',
    'angle', 'after', 'unknown');
my @addresses = ('/api/v1/heat', '/api/v1/facilities', '/api/v1/radar/substances', '/api/v1/status',
    '/tiles/facilities.json', '/nothing', '/ogc/collections/none/items', '/api/v1/facilities/x');

sub pick { return $_[int rand @_] }

sub escape {
    my ($text) = @_;
    $text =~ s/([^A-Za-z0-9%._~<>'"(){}\$\/;|`:*=,-])/sprintf '%%%02X', ord $1/ge;
    return $text;
}

sub target {
    if (rand() < 0.3) {
        my $path = pick(@paths);
        my ($z, $x, $y) = (pick(@numbers), pick(@numbers), pick(@numbers));
        $path =~ s/Z/$z/;
        $path =~ s/X/$x/;
        $path =~ s/Y/$y/;
        return escape($path);
    }
    return pick(@addresses) . '?no_such_parameter=1&' .
        join '&', map { pick(@parameters) . "$_=" . escape(pick(@hostile)) } 1 .. 1 + int rand 3;
}

sub garbage { return join '', map { chr int rand 256 } 1 .. 1 + int rand 200 }

sub request {
    my $kind = int rand 12;
    my $end = "\r\nHost: x\r\nConnection: close\r\n\r\n";
    return 'GET ' . target() . " HTTP/1.1$end" if $kind < 6;
    return garbage() . "\r\n\r\n" if $kind == 6;
    return 'GET /' . ('%' x (1 + int rand 50)) . " HTTP/1.1$end" if $kind == 7;
    return "POST /api/v1/packets HTTP/1.1\r\nContent-Length: " . pick(-1, 'x', '9' x 30, '1e3') . $end
        if $kind == 8;
    return 'GET / HTTP/' . pick('9.9', '2.0', 'x', '') . $end if $kind == 9;
    return "POST /api/v1/packets HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: x\r\n\r\n" .
        pick('zz', '-5', 'FFFFFFFFFFFFFFFFF') . "\r\n" . garbage() if $kind == 10;
    return "GET / HTTP/1.1\r\nHost: x\r\n" . join('', map { "X-$_: " . 'y' x 100 . "\r\n" } 1 .. 2000) .
        "\r\n";
}

my ($answered, $silent) = (0, 0);
for (1 .. $count) {
    my $request = request();
    my $socket = IO::Socket::INET->new($where) or do { print "no connection: $!\n"; next };
    syswrite $socket, $request;
    shutdown $socket, 1;
    my $answer = '';
    eval {
        local $SIG{ALRM} = sub { die "slow\n" };
        alarm 20;
        while (sysread $socket, my $piece, 65536) { $answer .= $piece }
        alarm 0;
    };
    my ($status) = $answer =~ m{^HTTP/1\.1 (\d+) };
    my $shown = $request =~ s/([^ -~])/sprintf '\\x%02x', ord $1/gre;
    if ($@) {
        printf "no answer in 20 s: %.200s\n", $shown;
    } elsif ($answer eq '') {
        $silent++;
    } elsif (!$status || !($status =~ /^4/ || $status == 505) ||
        $answer !~ m{^content-type: application/problem\+json\r$}im ||
        $answer !~ /\r\n\r\n\{"type":"about:blank".*\}$/s) {
        printf "%.300s\n  => %.300s\n", $shown, $answer =~ s/([^ -~])/sprintf '\\x%02x', ord $1/gre;
    } else {
        $answered++;
    }
}
print "answered $answered, hung up on $silent\n";
