package server

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// A client has that long to send its headers.
	headerTimeout = 10 * time.Second
	// An answer has that long to be made and taken.
	writeTimeout = time.Minute
	idleTimeout  = 2 * time.Minute
	// Requests under way at the end have that long to finish.
	graceTime = 10 * time.Second
	// maxStreams is how many requests may be under way on one connection of HTTP/2: a
	// page has few, and each holds memory.
	maxStreams = 32
	// maxHeaderBytes leaves room for a query in the URL; a larger one is posted.
	maxHeaderBytes = 32 << 10
)

// Serve serves until the context ends, and then stops so that no request is
// lost that it has taken. It returns nil after such an end.
//
// A connection that is kept open for further requests cannot be closed safely:
// the next request may be on its way. So for the time of Config.Drain the
// server goes on as before, except that /readyz says 503, for balancers to send
// no more, and that each answer closes its connection, for clients to open
// another one, elsewhere. Then it takes no new connections, answers what it has
// begun to read, and closes those on which nothing has come all that time. That
// takes at most ten seconds.
func Serve(ctx context.Context, l net.Listener, c Config) error {
	patience := cmp.Or(c.ReadTimeout, headerTimeout)
	var stopping atomic.Bool
	counted := newConnections(l, c.Connections, c.Log)
	door := newDoor(l, counted)
	server := &http.Server{
		Handler:           newHandler(c, &stopping),
		ReadHeaderTimeout: patience,
		ReadTimeout:       3 * patience,
		WriteTimeout:      cmp.Or(c.WriteTimeout, writeTimeout),
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		HTTP2:             &http.HTTP2Config{MaxConcurrentStreams: maxStreams},
		ConnState:         door.changed,
		ErrorLog:          log.New(reports{c.Log}, "", 0),
	}
	failed, closed := make(chan error, 1), make(chan struct{})
	go func() {
		defer close(closed)
		if c.Certificate == nil {
			failed <- server.Serve(door)
			return
		}
		server.TLSConfig = c.Certificate.config()
		failed <- server.ServeTLS(door, "", "")
	}()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stopping.Store(true)
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.Drain+graceTime)
	defer cancel()
	if c.Drain > 0 {
		c.Log.InfoContext(ctx, "stopping: each answer closes its connection now", "drain", c.Drain)
		select {
		case err := <-failed:
			return err
		case <-time.After(c.Drain):
		}
	}
	door.close(closed)
	door.wait(grace, c.Drain)
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(errors.New("requests under way did not finish in time"), server.Close())
	}
	return nil
}

// reports takes what net/http has to say: a panic that nobody caught is an error,
// what clients do to their connections is for who debugs.
type reports struct{ log *slog.Logger }

// Write implements io.Writer.
func (r reports) Write(text []byte) (int, error) {
	level, message := slog.LevelDebug, strings.TrimSpace(string(text))
	if strings.HasPrefix(message, "http: panic serving") {
		level = slog.LevelError
	}
	r.log.Log(context.Background(), level, message)
	return len(text), nil
}

// errStopping is why a server that stops is not ready.
var errStopping = errors.New("the server is stopping")

// door is a listener that knows which of the connections that it let in are at
// work. What http.Server.Shutdown does by itself loses requests: it drops those
// that it is just reading, and its listener, once closed, resets connections that
// are made but not taken.
type door struct {
	*connections
	tcp     *net.TCPListener // below them; nil for another kind
	closing atomic.Bool
	lock    sync.Mutex
	inside  map[*visitor]struct{}
}

func newDoor(l net.Listener, counted *connections) *door {
	tcp, _ := l.(*net.TCPListener)
	return &door{connections: counted, tcp: tcp, inside: map[*visitor]struct{}{}}
}

// visitor is a connection that came in by a door.
type visitor struct {
	net.Conn
	door *door
	came time.Time
	// busy says that something has come on it that is not answered yet, heard that
	// anything ever came. Of HTTP/2, which has a way of its own to say that no more
	// is taken, Shutdown takes care.
	busy, heard, multiplexed atomic.Bool
}

// Read implements net.Conn.
func (c *visitor) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if n > 0 {
		c.busy.Store(true)
		c.heard.Store(true)
	}
	return n, err
}

// Close implements net.Conn.
func (c *visitor) Close() error {
	c.door.lock.Lock()
	delete(c.door.inside, c)
	c.door.lock.Unlock()
	return c.Conn.Close()
}

// changed notes what net/http says of a connection (http.Server.ConnState).
func (d *door) changed(c net.Conn, state http.ConnState) {
	secure, isTLS := c.(*tls.Conn)
	if isTLS {
		c = secure.NetConn()
	}
	v, ok := c.(*visitor)
	if !ok {
		return
	}
	switch state {
	case http.StateIdle:
		v.busy.Store(false)
	case http.StateActive:
		if isTLS && !v.multiplexed.Load() && secure.ConnectionState().NegotiatedProtocol == "h2" {
			v.multiplexed.Store(true)
		}
	}
	d.connections.changed(v.Conn, state)
}

// wait waits until nothing that has come is unanswered, and nobody has just come
// who has yet to say something. Patience is how long somebody may.
func (d *door) wait(ctx context.Context, patience time.Duration) {
	for ticker := time.NewTicker(time.Millisecond); d.anyoneBusy(patience); {
		select {
		case <-ctx.Done():
			ticker.Stop()
			return
		case <-ticker.C:
		}
	}
}

func (d *door) anyoneBusy(patience time.Duration) bool {
	d.lock.Lock()
	defer d.lock.Unlock()
	for c := range d.inside {
		if !c.multiplexed.Load() && (c.busy.Load() || !c.heard.Load() && time.Since(c.came) < patience) {
			return true
		}
	}
	return false
}

// Somebody who comes in so short a time is waited for. Those who never stop
// coming are given up on.
const (
	lastCallGap  = 200 * time.Microsecond
	lastCallTime = 200 * time.Millisecond
)

// close closes the listener once all who wait outside are in, and waits until it
// is closed. Who comes in the moment in between is reset by the system.
func (d *door) close(closed <-chan struct{}) {
	if d.tcp != nil {
		d.closing.Store(true)
		_ = d.tcp.SetDeadline(time.Now()) // wakes Accept
		select {
		case <-closed:
			return
		case <-time.After(lastCallTime):
		}
	}
	_ = d.Close()
	<-closed
}

// Accept implements net.Listener.
func (d *door) Accept() (net.Conn, error) {
	for {
		closing := d.closing.Load() // which is never so without tcp
		if closing {
			_ = d.tcp.SetDeadline(time.Now().Add(lastCallGap))
		}
		c, err := d.connections.Accept()
		switch {
		case err == nil:
			v := &visitor{Conn: c, door: d, came: time.Now()}
			d.lock.Lock()
			d.inside[v] = struct{}{}
			d.lock.Unlock()
			return v, nil
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return nil, err
		case closing && !anyoneOutside(d.tcp):
			return nil, net.ErrClosed
		}
	}
}
