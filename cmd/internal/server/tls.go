package server

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Certificate is the certificate of a server, with its chain and key. It can be
// read again while it is served.
type Certificate struct {
	files [2]string // of the certificate and its chain, and of the key
	now   atomic.Pointer[tls.Certificate]
}

// ReadCertificate reads a certificate, with those that it was signed by, and its
// key, from files in PEM. Errors name the file and what is wrong with it; a
// certificate that is not valid at this moment is one, since every client would
// refuse it.
func ReadCertificate(certificateFile, keyFile string) (*Certificate, error) {
	c := &Certificate{files: [2]string{certificateFile, keyFile}}
	return c, c.Reload()
}

// Reload reads the files again. After an error the certificate stays what it
// was.
func (c *Certificate) Reload() error {
	pair, err := readPair(c.files[0], c.files[1])
	if err == nil {
		c.now.Store(pair)
	}
	return err
}

// Expires returns when the certificate is no longer valid.
func (c *Certificate) Expires() time.Time { return c.now.Load().Leaf.NotAfter }

// collect tells of it in the metrics.
func (c *Certificate) collect(metrics *prometheus.Registry) {
	metrics.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "plexus_certificate_expiry_timestamp_seconds", Help: "When the certificate that is served is no longer valid.",
	}, func() float64 { return float64(c.Expires().Unix()) }))
}

// config is that of connections: TLS 1.2 and later, with the choices of Go, which
// change with what is known to be secure.
func (c *Certificate) config() *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		NextProtos:     []string{"h2", "http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.now.Load(), nil },
	}
}

func readPair(certificateFile, keyFile string) (*tls.Certificate, error) {
	certificates, err := os.ReadFile(certificateFile)
	if err != nil {
		return nil, err
	}
	key, err := os.ReadFile(keyFile)
	if err != nil {
		return nil, err
	}
	leaf, err := leafOf(certificates)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", certificateFile, err)
	}
	if err := holdsKey(key); err != nil {
		return nil, fmt.Errorf("%s: %w", keyFile, err)
	}
	pair, err := tls.X509KeyPair(certificates, key)
	switch {
	case err != nil && strings.Contains(err.Error(), "does not match"): // crypto/tls has no type for it
		return nil, fmt.Errorf("%s is not the key of the certificate in %s", keyFile, certificateFile)
	case err != nil: // certificates were read above
		return nil, fmt.Errorf("%s: the key cannot be read: %s", keyFile, strings.TrimPrefix(err.Error(), "tls: "))
	}
	if now := time.Now(); now.After(leaf.NotAfter) {
		return nil, fmt.Errorf("%s: the certificate was valid until %s: get a new one", certificateFile, leaf.NotAfter.UTC().Format(time.RFC3339))
	} else if now.Before(leaf.NotBefore) {
		return nil, fmt.Errorf("%s: the certificate is valid from %s on, and this machine's clock says %s", certificateFile, leaf.NotBefore.UTC().Format(time.RFC3339), now.UTC().Format(time.RFC3339))
	}
	pair.Leaf = leaf
	return &pair, nil
}

// leafOf returns the first certificate in a file: the server's own.
func leafOf(text []byte) (*x509.Certificate, error) {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		leaf, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("the certificate cannot be read: %s", strings.TrimPrefix(err.Error(), "x509: "))
		}
		return leaf, nil
	}
	return nil, errors.New("there is no certificate in it: it begins with -----BEGIN CERTIFICATE-----")
}

// holdsKey reports what is wrong with a file that should hold a private key.
func holdsKey(text []byte) error {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "ENCRYPTED PRIVATE KEY" || strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED") {
			return errors.New("the key has a passphrase: a server needs one without, in a file that only it may read")
		}
		if strings.HasSuffix(block.Type, "PRIVATE KEY") {
			return nil
		}
	}
	return errors.New("there is no private key in it: it begins with -----BEGIN PRIVATE KEY-----")
}

const headerStrictTransport = "Strict-Transport-Security"

// strictTransport asks browsers to come by TLS only, for so long from each answer on
// (HSTS). They take it for the whole host, whatever else runs on it, so that it
// is said only where an operator wants it.
func strictTransport(maxAge time.Duration, next http.Handler) http.Handler {
	if maxAge <= 0 {
		return next
	}
	value := "max-age=" + strconv.Itoa(int(maxAge.Seconds()))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS != nil {
			w.Header().Set(headerStrictTransport, value)
		}
		next.ServeHTTP(w, r)
	})
}
