package main

import (
	"errors"
	"fmt"
	"net"
	"syscall"
)

// checkAddress refuses what is no address to listen on, before anything is
// loaded.
func checkAddress(address, flag string) error {
	_, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return &usageError{fmt.Sprintf("%s %s: write HOST:PORT, such as 127.0.0.1:8080, or :8080 for all addresses of this machine", flag, address)}
	}
	return nil
}

// notListening says why nobody can listen on an address, and what to do.
func notListening(err error, address, flag string) error {
	unknown := (*net.DNSError)(nil)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%s is in use: choose another address with %s", address, flag)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("%s: this user may not listen there, since low ports need a right (CAP_NET_BIND_SERVICE): choose another port with %s, or give it the right", address, flag)
	case errors.Is(err, syscall.EADDRNOTAVAIL), errors.As(err, &unknown):
		return fmt.Errorf("%s is no address of this machine: choose another with %s", address, flag)
	}
	return err
}
