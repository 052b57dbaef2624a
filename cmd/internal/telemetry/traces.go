package telemetry

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
)

// Attributes of ours. Place is a path of field names from the root.
const (
	attributePlace = attribute.Key("plexus.place")
	attributeRows  = attribute.Key("plexus.rows")
	attributeAsked = attribute.Key("plexus.cost.asked")
	attributeSpent = attribute.Key("plexus.cost.spent")
	attributeID    = attribute.Key("plexus.request.id")
)

// tracesPath is where collectors take traces, if a URL does not say.
const tracesPath = "/v1/traces"

// ErrEndpoint marks an address that traces cannot be sent to, ErrSample a share
// that is none.
var (
	ErrEndpoint = errors.New("traces are sent to a URL such as http://127.0.0.1:4318")
	ErrSample   = errors.New("the share of operations that are traced is a number from 0 to 1")
)

// Tracer sends traces to a collector of OpenTelemetry. It does so behind the
// requests' backs: a collector that is slow or gone costs traces and nothing else.
type Tracer struct {
	provider *sdktrace.TracerProvider
	tracer   trace.Tracer
	lost     prometheus.Counter
}

// NewTracer returns a tracer that sends to a URL (OTLP over HTTP). Sample is the
// share of operations that are traced, unless somebody trusted has decided
// already; if it is empty, OTEL_TRACES_SAMPLER says, else all are. The other
// variables of OpenTelemetry's SDK hold as well (OTEL_SERVICE_NAME,
// OTEL_RESOURCE_ATTRIBUTES, OTEL_EXPORTER_OTLP_HEADERS, OTEL_BSP_…). The error is
// ErrEndpoint, ErrSample, or one of these variables'.
func NewTracer(ctx context.Context, endpoint, sample, version string, log *slog.Logger) (*Tracer, error) {
	to, err := url.Parse(endpoint)
	if err != nil || to.Host == "" || to.Scheme != "http" && to.Scheme != "https" {
		return nil, fmt.Errorf("%q: %w", endpoint, ErrEndpoint)
	}
	if to.Path == "" || to.Path == "/" {
		to.Path = tracesPath
	}
	t := &Tracer{lost: prometheus.NewCounter(prometheus.CounterOpts{
		Name: "plexus_trace_spans_lost_total", Help: "The spans of traces that the collector did not take. Those for which there was no room in the queue before it are not counted.",
	})}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(to.String()))
	if err != nil {
		return nil, err
	}
	service, err := resource.New(ctx, resource.WithTelemetrySDK(),
		resource.WithAttributes(semconv.ServiceName("plexus"), semconv.ServiceVersion(version)), resource.WithFromEnv())
	if err != nil {
		return nil, errors.Join(err, exporter.Shutdown(ctx))
	}
	options := []sdktrace.TracerProviderOption{
		sdktrace.WithBatcher(&counting{exporter, t.lost, log}),
		sdktrace.WithResource(service),
	}
	if sample != "" {
		share, err := strconv.ParseFloat(sample, 64)
		if err != nil || !(share >= 0 && share <= 1) {
			return nil, errors.Join(fmt.Errorf("%q: %w", sample, ErrSample), exporter.Shutdown(ctx))
		}
		options = append(options, sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(share))))
	}
	t.provider = sdktrace.NewTracerProvider(options...)
	t.tracer = t.provider.Tracer("github.com/plexus-kg/plexus")
	return t, nil
}

// Shutdown sends what is left, as long as the context lasts.
func (t *Tracer) Shutdown(ctx context.Context) error { return t.provider.Shutdown(ctx) }

// counting is an exporter whose failures are counted and told to our log, not to
// the SDK's.
type counting struct {
	sdktrace.SpanExporter
	lost prometheus.Counter
	log  *slog.Logger
}

func (c *counting) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	if err := c.SpanExporter.ExportSpans(ctx, spans); err != nil {
		c.lost.Add(float64(len(spans)))
		c.log.WarnContext(ctx, "traces are lost: the collector does not take them", "spans", len(spans), "error", err)
	}
	return nil
}

// trace makes the spans of a request that is over, if it is to be traced, and
// returns the id of its trace. Only requests whose turn came are.
//
// A client may say of which trace its request is a part (traceparent). Of
// somebody trusted that is taken as it is, with the decision whether to trace.
// A stranger must neither make us trace nor write into the traces of others: its
// trace is only linked to.
func (t *Tracer) trace(r *Request, trusted bool) (traceID string) {
	if r.Turn == 0 {
		return ""
	}
	op, route := &r.Operation, r.Route()
	began := r.Times.Began
	ctx := r.HTTP.Context()
	options := []trace.SpanStartOption{trace.WithSpanKind(trace.SpanKindServer), trace.WithTimestamp(began)}
	if r.HTTP.Header.Get("Traceparent") != "" {
		theirs := propagation.TraceContext{}.Extract(ctx, propagation.HeaderCarrier(r.HTTP.Header))
		switch from := trace.SpanContextFromContext(theirs); {
		case !from.IsValid():
		case trusted:
			ctx = theirs
		default:
			options = append(options, trace.WithLinks(trace.Link{SpanContext: from}))
		}
	}
	ctx, server := t.tracer.Start(ctx, shortened(r.HTTP.Method)+" "+route, options...)
	if !server.IsRecording() {
		return ""
	}
	server.SetAttributes(semconv.HTTPRequestMethodKey.String(shortened(r.HTTP.Method)), semconv.URLScheme(scheme(r.HTTP)), semconv.URLPath(shortened(r.HTTP.URL.Path)),
		semconv.HTTPRoute(route), semconv.HTTPResponseStatusCode(r.Status),
		semconv.NetworkProtocolVersion(protocolVersion(r.HTTP)), attributeID.String(r.ID))
	if r.Status >= http.StatusInternalServerError {
		server.SetStatus(codes.Error, "")
	}
	// span makes a span below another, and returns where further ones hang.
	span := func(ctx context.Context, name string, from, to time.Duration, of ...attribute.KeyValue) (context.Context, trace.Span, func()) {
		ctx, s := t.tracer.Start(ctx, name, trace.WithTimestamp(began.Add(from)), trace.WithAttributes(of...))
		return ctx, s, func() { s.End(trace.WithTimestamp(began.Add(to))) }
	}
	if r.Came > 0 {
		_, _, end := span(ctx, "wait", r.Came, r.Turn)
		end()
	}
	if op.Present {
		_, parse, end := span(ctx, "parse", r.Turn, cmp.Or(op.Parsed, r.took))
		if op.Parsed == 0 {
			parse.SetStatus(codes.Error, r.Refused)
		}
		end()
	}
	if op.Parsed > 0 {
		name := op.Type
		if op.Name != "" {
			name += " " + shortened(op.Name)
		}
		below, run, end := span(ctx, name, op.Parsed, r.Done, semconv.GraphQLOperationTypeKey.String(op.Type),
			attributeAsked.Int(op.Cost.Asked), attributeSpent.Int(op.Cost.Spent))
		if op.Name != "" {
			run.SetAttributes(semconv.GraphQLOperationName(shortened(op.Name)))
		}
		if len(op.Errors) > 0 {
			code, _ := op.Errors[0].Extensions["code"].(string)
			run.SetAttributes(semconv.ErrorTypeKey.String(code))
			run.SetStatus(codes.Error, code)
		}
		for i := range r.Times.Levels {
			l := &r.Times.Levels[i]
			_, _, end := span(below, l.Place, l.From, l.To, attributePlace.String(l.Place), attributeRows.Int(l.Rows))
			end()
		}
		end()
	}
	server.End(trace.WithTimestamp(began.Add(r.took)))
	return server.SpanContext().TraceID().String()
}

func scheme(r *http.Request) string {
	if r.TLS != nil {
		return "https"
	}
	return "http"
}

// protocolVersion is 1.1 or 2, as the conventions have it.
func protocolVersion(r *http.Request) string {
	if r.ProtoMajor >= 2 {
		return strconv.Itoa(r.ProtoMajor)
	}
	return fmt.Sprintf("%d.%d", r.ProtoMajor, r.ProtoMinor)
}
