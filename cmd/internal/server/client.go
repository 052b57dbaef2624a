package server

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the addresses of the proxies in front of the server, whose word
// on where a request comes from is taken.
type Proxies []netip.Prefix

// Loopback is the proxy that runs on the same machine.
func Loopback() Proxies {
	return Proxies{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

func (p Proxies) contains(a netip.Addr) bool {
	return slices.ContainsFunc(p, func(prefix netip.Prefix) bool { return prefix.Contains(a) })
}

// clientOf returns the address that a request comes from, and false where that
// is a proxy itself, or cannot be told. X-Forwarded-For is read from its end:
// each trusted proxy has added whom it heard from; what stands before the first
// address that is no such proxy, anybody could have written.
func (p Proxies) clientOf(r *http.Request) (netip.Addr, bool) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, false
	}
	client := peer.Addr().Unmap()
	if len(r.Header["X-Forwarded-For"]) == 0 {
		return client, !p.contains(client)
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && p.contains(client); i-- {
		hop, err := parseHop(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		client = hop.Unmap()
	}
	return client, !p.contains(client)
}

// addressOf returns the address that a request comes from, a proxy's own too, and
// false where it cannot be told.
func (p Proxies) addressOf(r *http.Request) (netip.Addr, bool) {
	client, _ := p.clientOf(r)
	return client, client.IsValid()
}

// heardFrom reports whether a request comes from a proxy, whether it is its own
// or it passes one on.
func (p Proxies) heardFrom(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && p.contains(peer.Addr().Unmap())
}

// parseHop reads an entry of X-Forwarded-For, which may have a port.
func parseHop(s string) (netip.Addr, error) {
	if a, err := netip.ParseAddrPort(s); err == nil {
		return a.Addr(), nil
	}
	return netip.ParseAddr(strings.Trim(s, "[]"))
}

// network returns what counts as one client: an IPv4 address, or the /64 that
// a subscriber of IPv6 is given whole.
func network(a netip.Addr) netip.Prefix {
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	prefix, err := a.WithZone("").Prefix(bits)
	if err != nil {
		return netip.PrefixFrom(a, a.BitLen())
	}
	return prefix
}
