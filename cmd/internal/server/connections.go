package server

import (
	"container/list"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Connections is how many connections there may be at once. One that is too many
// is closed before a byte of it is read: there is nobody yet to be answered.
type Connections struct {
	// Most is how many there may be. When there are as many, the one that has done
	// nothing for the longest time makes room for the next. It needs a file
	// descriptor each. 0 means no limit.
	Most int
	// PerClient is how many one client may have: an address, of IPv6 a /64. Trusted
	// proxies have as many as there are. 0 means no limit.
	PerClient int
	// Proxies are the trusted ones.
	Proxies Proxies
	// Metrics takes what is counted of them; nil counts for nobody.
	Metrics *prometheus.Registry
}

// The reasons for which connections are refused.
const (
	refusedClient = "client" // PerClient
	refusedAll    = "all"    // Most
)

// connections is a listener that keeps to Connections.
type connections struct {
	net.Listener
	Connections
	log *slog.Logger

	mu     sync.Mutex
	open   int
	of     map[netip.Prefix]int // of clients that have a limit
	quiet  *list.List           // of *connection: those that have sent nothing since they were opened, or since their last answer, the first for the longest
	warned time.Time            // that there are no file descriptors

	refusals      *prometheus.CounterVec
	warnedRefused time.Time // that some are refused
}

// connection is one that is counted.
type connection struct {
	net.Conn
	of     *connections
	client netip.Prefix // invalid for one without a limit
	quiet  *list.Element
	closed bool
}

func newConnections(l net.Listener, c Connections, log *slog.Logger) *connections {
	counted := &connections{
		Listener: l, Connections: c, log: log, of: map[netip.Prefix]int{}, quiet: list.New(),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "plexus_connections_refused_total", Help: "The connections that were closed at once, because one client (client) or all together (all) had as many as they may.",
		}, []string{"reason"}),
	}
	for _, reason := range []string{refusedClient, refusedAll} {
		counted.refusals.WithLabelValues(reason) // told as 0 from the start
	}
	if c.Metrics != nil {
		c.Metrics.MustRegister(counted.refusals, prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "plexus_connections_open", Help: "The connections that are open at the moment.",
		}, func() float64 {
			counted.mu.Lock()
			defer counted.mu.Unlock()
			return float64(counted.open)
		}))
	}
	return counted
}

// Accept waits for a connection that there is room for.
func (c *connections) Accept() (net.Conn, error) {
	for {
		conn, err := c.Listener.Accept()
		if errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) {
			c.exhausted() // net/http waits a little, and tries again
		}
		if err != nil {
			return nil, err
		}
		if admitted := c.admit(conn); admitted != nil {
			return admitted, nil
		}
		_ = conn.Close()
	}
}

// admit counts a connection, and returns nil for one that is too many.
func (c *connections) admit(conn net.Conn) net.Conn {
	client := c.clientOf(conn)
	c.mu.Lock()
	if c.PerClient > 0 && client.IsValid() && c.of[client] >= c.PerClient {
		c.mu.Unlock()
		c.refused(refusedClient, "--max-connections-per-client")
		return nil
	}
	var oldest *connection
	if c.Most > 0 && c.open >= c.Most {
		if oldest = c.takeQuiet(); oldest == nil {
			c.mu.Unlock()
			c.refused(refusedAll, "--max-connections")
			return nil
		}
	}
	c.open++
	if client.IsValid() {
		c.of[client]++
	}
	admitted := &connection{Conn: conn, of: c, client: client}
	admitted.quiet = c.quiet.PushBack(admitted)
	c.mu.Unlock()
	if oldest != nil {
		_ = oldest.Conn.Close()
	}
	return admitted
}

// refused counts a connection that is too many, and says so from time to time. It
// does not say whose: addresses are logged only where that is asked for.
func (c *connections) refused(reason, flag string) {
	c.refusals.WithLabelValues(reason).Inc()
	c.mu.Lock()
	open, warn := c.open, time.Since(c.warnedRefused) > time.Minute
	if warn {
		c.warnedRefused = time.Now()
	}
	c.mu.Unlock()
	if warn {
		c.log.Warn("connections are refused: there are as many as may be ("+flag+"); the metric plexus_connections_refused_total counts them", "reason", reason, "connections", open)
	}
}

// clientOf returns whom a connection counts for, the invalid prefix for nobody.
func (c *connections) clientOf(conn net.Conn) netip.Prefix {
	peer, err := netip.ParseAddrPort(conn.RemoteAddr().String())
	if err != nil || c.Proxies.contains(peer.Addr().Unmap()) {
		return netip.Prefix{}
	}
	return network(peer.Addr().Unmap())
}

// takeQuiet forgets the connection that has been quiet for the longest time, for
// the caller to close.
func (c *connections) takeQuiet() *connection {
	first := c.quiet.Front()
	if first == nil {
		return nil
	}
	oldest, _ := first.Value.(*connection)
	c.forget(oldest)
	return oldest
}

func (c *connections) forget(conn *connection) {
	if conn.closed {
		return
	}
	conn.closed = true
	c.open--
	if conn.client.IsValid() {
		if c.of[conn.client]--; c.of[conn.client] == 0 {
			delete(c.of, conn.client)
		}
	}
	conn.busy()
}

// busy takes a connection off the list of quiet ones.
func (conn *connection) busy() {
	if conn.quiet != nil {
		conn.of.quiet.Remove(conn.quiet)
		conn.quiet = nil
	}
}

// exhausted makes room when the process has no file descriptor left, and says so
// from time to time.
func (c *connections) exhausted() {
	c.mu.Lock()
	oldest, open := c.takeQuiet(), c.open
	warn := time.Since(c.warned) > time.Minute
	if warn {
		c.warned = time.Now()
	}
	c.mu.Unlock()
	if oldest != nil {
		_ = oldest.Conn.Close()
	}
	if warn {
		c.log.Warn("there are no file descriptors left: allow the process more, or fewer connections (--max-connections)", "connections", open)
	}
}

// Close closes and forgets a connection.
func (conn *connection) Close() error {
	conn.of.mu.Lock()
	conn.of.forget(conn)
	conn.of.mu.Unlock()
	return conn.Conn.Close()
}

// changed notes what net/http says of a connection (http.Server.ConnState).
func (c *connections) changed(raw net.Conn, state http.ConnState) {
	conn, ok := raw.(*connection)
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case conn.closed:
	case state == http.StateActive:
		conn.busy()
	case state == http.StateIdle && conn.quiet == nil:
		conn.quiet = c.quiet.PushBack(conn)
	}
}
