package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// certify writes a certificate for 127.0.0.1 that signs itself, valid for some
// hours from some hours on, and its key.
func certify(t *testing.T, serial int64, from, hours time.Duration, certFile, keyFile string) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "Plexus test"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(from * time.Hour), NotAfter: time.Now().Add((from + hours) * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	writePEM(t, certFile, "CERTIFICATE", der)
	writePEM(t, keyFile, "PRIVATE KEY", pkcs8)
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}

func writePEM(t *testing.T, file, kind string, der []byte) {
	t.Helper()
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestTLS: a client speaks HTTP/2 over TLS; no client speaks TLS 1.1; a new
// certificate is taken at SIGHUP and, with --watch, when the files change, and a
// bad one is not.
func TestTLS(t *testing.T) {
	folder := t.TempDir()
	cert, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	roots := x509.NewCertPool()
	roots.AddCert(certify(t, 1, -1, 2, cert, key))
	data := filepath.Join(folder, "data.yaml")
	if err := os.WriteFile(data, []byte(editionYAML(1)), 0o600); err != nil {
		t.Fatal(err)
	}
	s := started(t, "--tls-cert", cert, "--tls-key", key, "--watch", "--data", data, "--strict-tls", "24h")
	address := s.address
	if !strings.HasPrefix(address, "https://") {
		t.Fatalf("it prints %s", address)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}}
	// asked asks on a new connection, and returns the answer and the number of the
	// certificate.
	asked := func() (*http.Response, int64) {
		t.Helper()
		client.CloseIdleConnections()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"graphql", strings.NewReader(`{"query":"{ concept(id: \"edition\") { name } }"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		return response, response.TLS.PeerCertificates[0].SerialNumber.Int64()
	}
	response, serial := asked()
	if response.StatusCode != http.StatusOK || response.ProtoMajor != 2 || response.TLS.Version != tls.VersionTLS13 || serial != 1 {
		t.Errorf("%s %s, TLS %x, certificate %d", response.Status, response.Proto, response.TLS.Version, serial)
	}
	if got := response.Header.Get("Strict-Transport-Security"); got != "max-age=86400" {
		t.Errorf("Strict-Transport-Security: %s", got)
	}
	host := strings.Trim(strings.TrimPrefix(address, "https://"), "/")
	for version, spoken := range map[uint16]bool{tls.VersionTLS11: false, tls.VersionTLS12: true} {
		d := &tls.Dialer{Config: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS10, MaxVersion: version}}
		c, err := d.DialContext(t.Context(), "tcp", host)
		if (err == nil) != spoken {
			t.Errorf("TLS %x: %v", version, err)
		}
		if err == nil {
			_ = c.Close()
		}
	}

	// waits until a certificate of that number is served.
	served := func(want int64) {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
			if _, serial := asked(); serial == want {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("certificate %d is not served", want)
			}
		}
	}
	roots.AddCert(certify(t, 2, -1, 2, cert, key))
	served(2) // by --watch

	if err := os.WriteFile(cert, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	hangUp(t, os.Getpid())
	s.logged("the new certificate is not served", cert)
	if _, serial := asked(); serial != 2 {
		t.Errorf("after a bad certificate %d is served", serial)
	}
	roots.AddCert(certify(t, 3, -1, 2, cert, key))
	hangUp(t, os.Getpid())
	served(3)
	if metrics := get(t, client, address+"metrics"); !strings.Contains(metrics, "plexus_certificate_expiry_timestamp_seconds ") {
		t.Error("the metrics do not say when the certificate expires")
	}
}

// TestTLSRenewal: what is wrong with a new certificate is logged with its file,
// and the server keeps the old one.
func TestTLSRenewal(t *testing.T) {
	folder := t.TempDir()
	cert, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	certify(t, 1, -1, 2, cert, key)
	s := started(t, "--tls-cert", cert, "--tls-key", key)
	certify(t, 2, -3, 2, cert, key)
	hangUp(t, os.Getpid())
	s.logged("the new certificate is not served", cert, "was valid until")
	certify(t, 3, -1, 2, cert, key)
	hangUp(t, os.Getpid())
	s.logged("the certificate was read again")
}

// TestTLSFaults: a certificate that nobody could use keeps the server from
// starting, with the file and what is wrong with it.
func TestTLSFaults(t *testing.T) {
	folder := t.TempDir()
	path := func(name string) string { return filepath.Join(folder, name) }
	certify(t, 1, -1, 2, path("cert"), path("key"))
	certify(t, 2, -1, 2, path("other-cert"), path("other-key"))
	certify(t, 3, -3, 2, path("old-cert"), path("old-key"))
	certify(t, 4, 1, 2, path("new-cert"), path("new-key"))
	writePEM(t, path("broken-cert"), "CERTIFICATE", []byte("nonsense"))
	writePEM(t, path("broken-key"), "PRIVATE KEY", []byte("nonsense"))
	writePEM(t, path("locked-key"), "ENCRYPTED PRIVATE KEY", []byte("nonsense"))
	if err := os.WriteFile(path("empty"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		cert, key string
		code      int
		says      string
	}{
		{"missing", "key", 1, path("missing") + ": no such file"},
		{"cert", "missing", 1, path("missing") + ": no such file"},
		{"empty", "key", 1, path("empty") + ": there is no certificate in it"},
		{"key", "cert", 1, path("key") + ": there is no certificate in it"},
		{"cert", "empty", 1, path("empty") + ": there is no private key in it"},
		{"broken-cert", "key", 1, path("broken-cert") + ": the certificate cannot be read"},
		{"cert", "broken-key", 1, path("broken-key") + ": the key cannot be read"},
		{"cert", "locked-key", 1, path("locked-key") + ": the key has a passphrase"},
		{"cert", "other-key", 1, path("other-key") + " is not the key of the certificate in " + path("cert")},
		{"old-cert", "old-key", 1, path("old-cert") + ": the certificate was valid until "},
		{"new-cert", "new-key", 1, path("new-cert") + ": the certificate is valid from "},
		{"cert", "", 2, "--tls-cert and --tls-key go together"},
		{"", "key", 2, "--tls-cert and --tls-key go together"},
	} {
		args := []string{"serve", "--listen", "127.0.0.1:0"}
		if c.cert != "" {
			args = append(args, "--tls-cert", path(c.cert))
		}
		if c.key != "" {
			args = append(args, "--tls-key", path(c.key))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // a server that starts all the same is stopped
		var stdout, stderr strings.Builder
		err := run(ctx, args, strings.NewReader(""), &stdout, &stderr)
		cancel()
		if code := exitCode(err, &stderr); code != c.code || !strings.Contains(stderr.String(), c.says) || strings.Contains(stderr.String(), "x509") {
			t.Errorf("%v: exit %d, it says %s", args, code, stderr.String())
		}
	}
}
