package audit

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// reaches reports whether an address could lead an assessor to evidence: https, to a
// host of the public network or one of the policy's own, without a name or password and
// with nothing that browsers repair by guessing.
func reaches(address string, own []string) bool {
	if strings.ContainsFunc(address, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.C, r) || r == '\\' }) {
		return false
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Opaque != "" {
		return false
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return false
		}
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	return slices.Contains(own, host) || public(host)
}

// public reports whether a host is one of the public network.
func public(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.IsGlobalUnicast() && !addr.IsPrivate() && !slices.ContainsFunc(reserved(), func(p netip.Prefix) bool { return p.Contains(addr.Unmap()) })
	}
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	if len(host) > 253 || len(labels) < 2 || slices.Contains(localNames(), last) || strings.ContainsFunc(last, unicode.IsDigit) {
		return false
	}
	if last2 := strings.Join(labels[len(labels)-2:], "."); slices.Contains([]string{"example.com", "example.net", "example.org"}, last2) {
		return false
	}
	return !slices.ContainsFunc(labels, func(label string) bool {
		return label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' ||
			strings.ContainsFunc(label, func(r rune) bool { return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	})
}

// reserved are blocks of addresses that look public and lead nowhere:
// carrier-grade NAT, documentation, benchmarks, translations, future use.
func reserved() []netip.Prefix {
	var out []netip.Prefix
	for _, block := range []string{"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10"} {
		out = append(out, netip.MustParsePrefix(block))
	}
	return out
}

// localNames are top-level domains that no public host has.
func localNames() []string {
	return []string{"localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "invalid", "test", "example", "onion"}
}
