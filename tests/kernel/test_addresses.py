"""Addresses taken apart, and what of the network is public."""

from ipaddress import ip_address

import pytest

from kernel.addresses import AddressError, destination, is_inside, is_public

PORTS = {80, 443}


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("https://Example.COM", "example.com", 443, "/"),
        ("http://example.com.:80/a?b=c#d", "example.com", 80, "/a?b=c"),
        ("https://example.com:443/%41/ä?q=ü", "example.com", 443, "/%41/%C3%A4?q=%C3%BC"),
        ("https://bücher.example/", "xn--bcher-kva.example", 443, "/"),
        ("http://93.184.215.14/", "93.184.215.14", 80, "/"),
        ("http://[2606:2800::1]/", "2606:2800::1", 80, "/"),
        ("http://\uff13.example/", "3.example", 80, "/"),
        ("http://\uff19\uff13.184.215.14/", "93.184.215.14", 80, "/"),
    ],
)
def test_a_plain_address_is_taken_apart(url, host, port, path):
    place = destination(url, ports=PORTS)

    assert (place.host, place.port, place.path) == (host, port, path)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "https://",
        "https://a.example:8443/",
        "https://me@a.example/",
        "https://:word@a.example/",
        "https://a..example/",
        "https://a_b.exa mple/",
        "https://a.0x7f/",
        "https://a.12/",
        "https://a.example:99999/",
        "https://" + "a" * 64 + "/",
        "https://[fe80::1%25eth0]/",
        "https://a.example/" + "x" * 2_000,
    ],
)
def test_everything_else_is_no_address_to_ask(url):
    with pytest.raises(AddressError):
        destination(url, ports=PORTS)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "2a00:1450::1", "223.255.255.255"]
)
def test_the_public_network_is_public(address):
    assert is_public(ip_address(address))
    assert not is_inside(ip_address(address))


@pytest.mark.parametrize(
    ("address", "may_be_named"),
    [
        ("10.0.0.1", True),
        ("172.31.255.255", True),
        ("100.127.0.1", True),
        ("fdff::1", True),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.100.100.200", False),
        ("168.63.129.16", False),
        ("192.0.0.192", False),
        ("::1", False),
        ("::ffff:8.8.8.8", False),
        ("64:ff9b::808:808", False),
        ("2002:808:808::1", False),
        ("2001:0:1::1", False),
        ("2a00::5efe:808:808", False),
        ("fe80::1", False),
        ("fd20:ce::254", False),
        ("ff02::1", False),
    ],
)
def test_what_lies_inside_is_not_public_however_it_is_written(address, may_be_named):
    assert not is_public(ip_address(address))
    assert is_inside(ip_address(address)) is may_be_named
