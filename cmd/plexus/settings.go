package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/netip"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/plexus-kg/plexus/cmd/internal/server"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/limits"
	"github.com/plexus-kg/plexus/seed"
)

// settings are what an operator chooses of a server, by flags, the environment
// or a file. The defaults suit a graph that anybody may read.
type settings struct {
	Config string `placeholder:"FILE" help:"Read settings from this YAML file: a key for each flag, without the dashes before it. The environment (PLEXUS_READ_TIMEOUT for --read-timeout) comes before the file, the command line before both."`

	Listen string `default:"${listen}" placeholder:"HOST:PORT" help:"Where to listen (default ${default}); port 0 takes a free one."`

	TLSCert   string        `name:"tls-cert" placeholder:"FILE" help:"Speak TLS with the certificate in this file, and the chain after it (PEM). It is read again at SIGHUP, and with --watch when it changes."`
	TLSKey    string        `name:"tls-key" placeholder:"FILE" help:"The key of the certificate (PEM)."`
	StrictTLS time.Duration `name:"strict-tls" default:"0s" placeholder:"TIME" help:"For how long browsers shall ask this host by TLS only, whatever the port (HSTS); 0s for nothing said (default ${default})."`
	Drain     time.Duration `default:"1s" placeholder:"TIME" help:"How long to go on answering when told to stop, while /readyz says 503 and each answer closes its connection. Longer than a balancer takes to notice (default ${default})."`

	Origin       []string `default:"${origins}" placeholder:"ORIGIN" help:"Sites whose pages may ask (CORS): https://example.org, with * in any part, or * for all. Can be repeated (default: pages of this machine)."`
	CacheControl string   `default:"no-cache" placeholder:"VALUE" help:"What caches are told of answers that depend on nothing but the version of the graph: no-cache asks them to ask again, which is answered by 304 (default ${default})."`
	Operations   string   `placeholder:"DIR" help:"Run only the operations in the .graphql files of this folder."`

	Introspection bool `default:"true" negatable:"" help:"Tell clients the schema, __schema and __type (default yes)."`
	Suggestions   bool `default:"true" negatable:"" help:"Tell clients which name they may have meant (default yes; without introspection never)."`

	Timeout      time.Duration `default:"10s" placeholder:"TIME" help:"How long an operation may take (default ${default})."`
	ReadTimeout  time.Duration `default:"10s" placeholder:"TIME" help:"How long a client may take to send its headers, and three times as long for the whole request (default ${default})."`
	WriteTimeout time.Duration `default:"1m" placeholder:"TIME" help:"How long it may take until a client has its answer (default ${default})."`
	MaxRunning   int           `default:"0" placeholder:"N" help:"How many operations run at once (default: twice as many as processors)."`
	MaxShare     int           `name:"max-running-per-client" default:"0" placeholder:"N" help:"How many of them may be of one client (default: half of --max-running)."`
	MaxWaiting   int           `default:"200" placeholder:"N" help:"How many operations may wait for their turn; more are refused (default ${default})."`
	MaxWait      time.Duration `default:"500ms" placeholder:"TIME" help:"How long an operation waits for its turn (default ${default})."`
	MaxUnsent    int           `default:"256" placeholder:"MIB" help:"How much memory answers may take that slow clients have not read yet, in MiB; more are refused (default ${default})."`

	MaxConnections          int `default:"4096" placeholder:"N" help:"How many connections there may be; beyond them the one that has been idle longest is closed; 0 for no limit (default ${default})."`
	MaxConnectionsPerClient int `default:"200" placeholder:"N" help:"How many connections one client may have, by address; more are closed; 0 for no limit (default ${default})."`

	Rate         float64        `default:"100" placeholder:"N" help:"Requests a second of one client, by address; 0 for no limit (default ${default})."`
	RateBurst    int            `default:"500" placeholder:"N" help:"How many requests of one client may come at once (default ${default})."`
	RateKeys     string         `placeholder:"FILE" help:"Clients with keys of their own (header X-Api-Key): a line with a key and its requests a second for each."`
	TrustedProxy []string       `default:"127.0.0.0/8,::1/128" placeholder:"CIDR" help:"Proxies whose X-Forwarded-For is believed (default ${default})."`
	Limit        map[string]int `placeholder:"NAME=N" help:"A limit of each request: ${limits}. Can be repeated."`

	LogFormat    string        `default:"text" enum:"text,json" help:"text or json (default ${default})."`
	LogLevel     string        `default:"info" enum:"debug,info,warn,error" help:"debug, info, warn or error (default ${default})."`
	LogRequests  bool          `help:"Log every request, with the client's address, the name of the operation, its cost and its time. Otherwise that is logged at debug."`
	Slow         time.Duration `default:"500ms" placeholder:"TIME" help:"Warn of operations that take so long, and say what took most of it; 0s for never (default ${default})."`
	Traces       string        `placeholder:"URL" help:"Send a trace of each operation to this collector of OpenTelemetry (OTLP over HTTP), such as http://127.0.0.1:4318. The OTEL_ variables of its SDK hold as well."`
	TracesSample string        `placeholder:"RATIO" help:"The share of operations that are traced, from 0 to 1 (default: as OTEL_TRACES_SAMPLER says, else all)."`
	DebugListen  string        `placeholder:"HOST:PORT" help:"Serve profiles of the process at /debug/pprof/, and /metrics, on an address of this machine."`
}

// settingVars are the values that the texts of the settings refer to.
func settingVars() map[string]string {
	return map[string]string{
		"formats": seed.FormatNames(), "readable": seed.Readable(), "lossless": seed.Lossless(), "writable": seed.Writable(), "compressions": seed.CompressedEndings(),
		"listen":  defaultListen,
		"origins": strings.Join(server.LocalOrigins(), ","),
		"limits":  strings.Join(slices.Sorted(maps.Keys(new(limits.Limits).ByName())), ", "),
	}
}

// log returns the log that the settings describe.
func (s *settings) log(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(s.LogLevel)) // one of the four, as the flag insists
	options := &slog.HandlerOptions{Level: level}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// apply completes the configuration of a server.
func (s *settings) apply(c *server.Config) error {
	if err := checkAddress(s.Listen, "--listen"); err != nil {
		return err
	}
	c.Limits = limits.Default()
	for name, n := range s.Limit {
		limit, known := c.Limits.ByName()[name]
		if !known || n < 1 {
			return &usageError{fmt.Sprintf("--limit %s=%d: a limit is a number from 1, and is called one of %s", name, n, settingVars()["limits"])}
		}
		*limit = n
	}
	c.Timeout, c.ReadTimeout, c.WriteTimeout, c.Origins, c.CacheControl = s.Timeout, s.ReadTimeout, s.WriteTimeout, s.Origin, s.CacheControl
	c.NoIntrospection, c.NoSuggestions = !s.Introspection, !s.Suggestions
	c.Capacity = server.Capacity{Running: s.MaxRunning, PerClient: s.MaxShare, Waiting: s.MaxWaiting, Patience: s.MaxWait, Unsent: int64(s.MaxUnsent) << 20}
	if c.Capacity.Running == 0 {
		c.Capacity.Running = 2 * runtime.GOMAXPROCS(0)
	}
	if c.Capacity.PerClient == 0 {
		c.Capacity.PerClient = max(1, c.Capacity.Running/2)
	}
	if s.MaxRunning < 0 || s.MaxShare < 0 || s.MaxWaiting < 0 || s.RateBurst < 0 {
		return &usageError{"--max-running, --max-running-per-client, --max-waiting and --rate-burst are no less than 0"}
	}
	if !(s.Rate >= 0 && s.Rate <= mostRate) { // NaN is neither
		return &usageError{fmt.Sprintf("--rate %v: the requests a second are a number from 0 to %.0f", s.Rate, mostRate)}
	}
	if s.MaxUnsent > mostUnsent {
		return &usageError{fmt.Sprintf("--max-unsent %d: it is in MiB, and at most %d", s.MaxUnsent, mostUnsent)}
	}
	for _, origin := range s.Origin {
		if err := checkOrigin(origin); err != nil {
			return err
		}
	}
	if strings.ContainsFunc(s.CacheControl, unicode.IsControl) {
		return &usageError{fmt.Sprintf("--cache-control %q: the value of a header is one line of text", s.CacheControl)}
	}
	if s.MaxUnsent < 0 || s.MaxConnections < 0 || s.MaxConnectionsPerClient < 0 {
		return &usageError{"--max-unsent, --max-connections and --max-connections-per-client are no less than 0"}
	}
	if s.Timeout < 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.MaxWait < 0 {
		return &usageError{"--timeout and --max-wait are no less than 0, --read-timeout and --write-timeout are more"}
	}
	if s.Drain < 0 || s.Slow < 0 || s.StrictTLS < 0 {
		return &usageError{"--drain, --slow and --strict-tls are no less than 0"}
	}
	c.Drain, c.Slow, c.LogRequests, c.StrictTransport = s.Drain, s.Slow, s.LogRequests, s.StrictTLS
	if (s.TLSCert == "") != (s.TLSKey == "") {
		return &usageError{"--tls-cert and --tls-key go together: the certificate and its key"}
	}
	if s.StrictTLS > 0 && s.TLSCert == "" {
		return &usageError{"--strict-tls without --tls-cert: only a server that speaks TLS may ask for it"}
	}
	c.Rate = server.Rate{PerSecond: s.Rate, Burst: s.RateBurst}
	for _, proxy := range s.TrustedProxy {
		prefix, err := netip.ParsePrefix(proxy)
		if err != nil {
			return &usageError{fmt.Sprintf("--trusted-proxy %s: write addresses as 192.0.2.0/24 or 2001:db8::/32", proxy)}
		}
		c.Rate.Proxies = append(c.Rate.Proxies, prefix)
	}
	c.Connections = server.Connections{Most: s.MaxConnections, PerClient: s.MaxConnectionsPerClient, Proxies: c.Rate.Proxies}
	var err error
	if s.TLSCert != "" {
		c.Certificate, err = server.ReadCertificate(s.TLSCert, s.TLSKey)
		if unread := (*fs.PathError)(nil); errors.As(err, &unread) {
			flag := "--tls-cert"
			if unread.Path == s.TLSKey {
				flag = "--tls-key"
			}
			return fmt.Errorf("%s: %s: %w", flag, unread.Path, unread.Err)
		} else if err != nil {
			return err
		}
	}
	if s.RateKeys != "" {
		if c.Rate.Keys, err = readKeys(s.RateKeys); err != nil {
			return err
		}
	}
	if s.Operations != "" {
		if c.Operations, err = resolvers.ReadOperations(os.DirFS(s.Operations)); err != nil {
			return fmt.Errorf("--operations: %s: %w", s.Operations, bare(err))
		}
	}
	return nil
}

// What is more is a slip, and could not be counted: requests a second, and MiB.
const (
	mostRate   = 1e9
	mostUnsent = 1 << 20
)

// checkOrigin refuses what no page sends: nobody would ever be let in by it.
func checkOrigin(origin string) error {
	fits := func(s string) bool { return s == "*" || server.Origin.MatchString(s) }
	if fits(origin) {
		return nil
	}
	if short := strings.TrimRight(origin, "/"); fits(short) {
		return &usageError{fmt.Sprintf("--origin %s: origins have no slash at their end: write %s", origin, short)}
	}
	return &usageError{fmt.Sprintf("--origin %q: write SCHEME://HOST or SCHEME://HOST:PORT, such as https://example.org, with * in any part, or * for all", origin)}
}

// readKeys reads the keys of clients, with the requests a second of each. The
// keys are secret: messages name lines.
func readKeys(name string) (map[string]float64, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("--rate-keys: %s: %w", name, bare(err))
	}
	defer func() { _ = f.Close() }()
	keys := map[string]float64{}
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) != 2 {
			return nil, fmt.Errorf("%s:%d: a line has a key and the requests a second that it may make", name, n)
		}
		perSecond, err := strconv.ParseFloat(fields[1], 64)
		if err != nil || !(perSecond > 0 && perSecond <= mostRate) {
			return nil, fmt.Errorf("%s:%d: the requests a second are a number above 0, and at most %.0f", name, n, mostRate)
		}
		if _, twice := keys[fields[0]]; twice {
			return nil, fmt.Errorf("%s:%d: the key stands in the file already", name, n)
		}
		keys[fields[0]] = perSecond
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("--rate-keys: %s: %w", name, bare(err))
	}
	if len(keys) == 0 {
		return nil, errors.New(name + ": there is no key in it")
	}
	return keys, nil
}
