package telemetry

import (
	"maps"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
)

// countedNames is how many operation names are counted each on its own, the
// first that come. Names are chosen by clients: without a bound each of them
// could make as many series as it likes. Where it matters who is counted, the
// operations are listed (--operations).
const countedNames = 100

// otherName stands for all further names.
const otherName = "other"

// The outcomes of operations.
const (
	outcomeOK = iota
	outcomeErrors
	outcomeNotModified
	outcomes
)

var outcomeNames = [outcomes]string{"ok", "errors", "not_modified"}

// metrics are what is counted. The counters of what comes often are looked up
// once and kept.
type metrics struct {
	requests  *prometheus.CounterVec
	took      *prometheus.HistogramVec
	routes    known[*routeMetrics]
	sent      prometheus.Counter
	inFlight  prometheus.Gauge
	refusals  *prometheus.CounterVec
	errors    *prometheus.CounterVec
	asked     prometheus.Counter
	spent     prometheus.Counter
	outcomes  *prometheus.CounterVec
	durations *prometheus.HistogramVec
	names     known[*operationMetrics]
	counted   int // names that are counted each on its own
	fields    *prometheus.CounterVec
	fieldTime *prometheus.CounterVec
	byField   known[*fieldMetrics]
}

// routeMetrics are those of the requests of one route.
type routeMetrics struct {
	byStatus [600]atomic.Pointer[prometheus.Counter]
	took     prometheus.Observer
}

// operationMetrics are those of the operations of one name.
type operationMetrics struct {
	outcomes [outcomes]prometheus.Counter
	duration prometheus.Observer
}

// fieldMetrics are those of one root field.
type fieldMetrics struct{ reads, seconds prometheus.Counter }

func newMetrics(c *Config) *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	one := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
	}
	buckets := []float64{.0001, .0005, .001, .005, .01, .05, .1, .5, 1, 5, 10}
	m := &metrics{
		requests: counter("plexus_http_requests_total", "The HTTP requests that were answered, by status code and by route (empty where none fits).", "code", "route"),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "plexus_http_request_duration_seconds", Help: "How long requests took once their turn had come, by route.", Buckets: buckets,
		}, []string{"route"}),
		sent:     one("plexus_http_response_bytes_total", "The bytes of all answers as they were sent, without headers."),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "plexus_http_requests_in_flight", Help: "The HTTP requests that are being read, waiting, run or answered."}),
		refusals: counter("plexus_refusals_total", "The requests that were refused, by the code that the client was told and by route.", "code", "route"),
		errors:   counter("plexus_answer_errors_total", "The errors in answers, by the code that the client was told.", "code"),
		asked:    one("plexus_operation_cost_asked_total", "The objects that answers could have held, by the pages asked for."),
		spent:    one("plexus_operation_cost_spent_total", "The objects that answers held."),
		outcomes: counter("plexus_operations_total", "The operations that ran, by their name (empty for none, other beyond the first hundred) and by whether the answer had errors or the client had it already.", "operation", "outcome"),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "plexus_operation_duration_seconds", Help: "How long operations took once their turn had come, by their name.",
			Buckets: buckets,
		}, []string{"operation"}),
		fields:    counter("plexus_root_field_reads_total", "How often root fields were read.", "field"),
		fieldTime: counter("plexus_root_field_read_seconds_total", "The time that went into reading what hangs on a root field.", "field"),
		counted:   max(c.Names, countedNames),
	}
	if c.Registry == nil {
		return m
	}
	c.Registry.MustRegister(m.requests, m.took, m.sent, m.inFlight, m.refusals, m.errors, m.asked, m.spent, m.outcomes, m.durations, m.fields, m.fieldTime)
	for name, now := range map[string]struct {
		help  string
		value func() int
	}{
		"plexus_operations_running": {"The requests that work on their answer at the moment.", c.Running},
		"plexus_operations_waiting": {"The requests that wait for their turn.", c.Waiting},
	} {
		c.Registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: now.help}, func() float64 { return float64(now.value()) }))
	}
	if c.Tracer != nil {
		c.Registry.MustRegister(c.Tracer.lost)
	}
	return m
}

// count counts a request that is over.
func (m *metrics) count(r *Request) {
	route := m.route(r.HTTP.Pattern)
	m.status(route, r).Inc()
	m.sent.Add(float64(r.Bytes))
	if r.Refused != "" {
		m.refusals.WithLabelValues(r.Refused, r.Route()).Inc()
	}
	if r.Done > 0 {
		route.took.Observe(r.worked().Seconds())
	}
	op := &r.Operation
	if op.Parsed == 0 {
		return
	}
	by := m.operation(shortened(op.Name))
	switch {
	case op.Unchanged:
		by.outcomes[outcomeNotModified].Inc()
	case len(op.Errors) > 0 || r.Refused != "":
		by.outcomes[outcomeErrors].Inc()
	default:
		by.outcomes[outcomeOK].Inc()
	}
	by.duration.Observe(r.worked().Seconds())
	m.asked.Add(float64(op.Cost.Asked))
	m.spent.Add(float64(op.Cost.Spent))
	for _, err := range op.Errors {
		code, _ := err.Extensions["code"].(string) // one of ours
		m.errors.WithLabelValues(code).Inc()
	}
	levels := r.Times.Levels
	for from := 0; from < len(levels); {
		to := from + 1
		for to < len(levels) && levels[to].Field == levels[from].Field {
			to++
		}
		if field := levels[from].Field; field != "" {
			by := m.field(field)
			by.reads.Inc()
			by.seconds.Add((levels[to-1].To - levels[from].From).Seconds())
		}
		from = to
	}
}

// route returns what is counted of the requests of a route, of which there are as
// many as the server has.
func (m *metrics) route(pattern string) *routeMetrics {
	return m.routes.get(pattern, countedNames, otherName, func(pattern string) *routeMetrics {
		return &routeMetrics{took: m.took.WithLabelValues(pathOf(pattern))}
	})
}

// status returns the counter of a request's status code.
func (m *metrics) status(route *routeMetrics, r *Request) prometheus.Counter {
	at := &route.byStatus[min(max(r.Status, 0), len(route.byStatus)-1)]
	if known := at.Load(); known != nil {
		return *known
	}
	c := m.requests.WithLabelValues(strconv.Itoa(r.Status), r.Route())
	at.Store(&c)
	return c
}

// operation returns what is counted of operations of a name.
func (m *metrics) operation(name string) *operationMetrics {
	return m.names.get(name, m.counted, otherName, func(name string) *operationMetrics {
		o := &operationMetrics{duration: m.durations.WithLabelValues(name)}
		for i, outcome := range outcomeNames {
			o.outcomes[i] = m.outcomes.WithLabelValues(name, outcome)
		}
		return o
	})
}

// field returns what is counted of a root field, of which there are as many as
// the schema has.
func (m *metrics) field(name string) *fieldMetrics {
	return m.byField.get(name, countedNames, otherName, func(name string) *fieldMetrics {
		return &fieldMetrics{m.fields.WithLabelValues(name), m.fieldTime.WithLabelValues(name)}
	})
}

// known keeps a value for each of a bounded number of names, and one for all
// others. It is read without a lock.
type known[V any] struct {
	now  atomic.Pointer[map[string]V]
	lock sync.Mutex
}

func (k *known[V]) get(name string, bound int, other string, value func(name string) V) V {
	for {
		all := k.now.Load()
		if all == nil {
			all = &map[string]V{}
		}
		if v, ok := (*all)[name]; ok {
			return v
		}
		if len(*all) >= bound {
			if v, ok := (*all)[other]; ok {
				return v
			}
			name = other
		}
		name = strings.Clone(name) // which is a piece of a document
		k.lock.Lock()
		if now := k.now.Load(); now == nil || now == all {
			next := maps.Clone(*all)
			next[name] = value(name)
			k.now.Store(&next)
		}
		k.lock.Unlock()
	}
}

// shortened keeps what clients choose, names and paths, from filling logs, metrics and
// traces.
func shortened(text string) string {
	const most = 100
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
