package main

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// The metrics of what is served. Each has as many series as there are results,
// or one.
var (
	metricRelease    = prometheus.NewDesc("plexus_release_info", "1, for the version that is served.", []string{"version"}, nil)
	metricLoaded     = prometheus.NewDesc("plexus_release_loaded_timestamp_seconds", "When the version that is served was taken up.", nil, nil)
	metricConcepts   = prometheus.NewDesc("plexus_concepts", "The concepts that are served.", nil, nil)
	metricStatements = prometheus.NewDesc("plexus_statements", "The statements that are served.", nil, nil)
	metricQuads      = prometheus.NewDesc("plexus_quads", "The quads that are served.", nil, nil)
	metricReloads    = prometheus.NewDesc("plexus_reloads_total", "The attempts to take new data, by result.", []string{"result"}, nil)
	metricReloadOK   = prometheus.NewDesc("plexus_last_reload_successful", "Whether the last attempt succeeded: 1 or 0; 1 if there was none.", nil, nil)
	metricReloadTime = prometheus.NewDesc("plexus_last_reload_timestamp_seconds", "When the last attempt ended; absent if there was none.", nil, nil)
)

// metrics returns those of a service and of the process.
func metrics(s *service) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(s, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return registry
}

// Describe implements prometheus.Collector.
func (s *service) Describe(descs chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		metricRelease, metricLoaded, metricConcepts, metricStatements, metricQuads, metricReloads, metricReloadOK, metricReloadTime,
	} {
		descs <- d
	}
}

// Collect implements prometheus.Collector. What it tells is read off when it is
// asked, so that it never differs from what is served.
func (s *service) Collect(metrics chan<- prometheus.Metric) {
	r := s.pin()
	defer r.Done()
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		metrics <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	sum := r.Reader.Summary()
	gauge(metricRelease, 1, sum.Version)
	gauge(metricLoaded, float64(r.Serving.Since.UnixNano())/1e9)
	gauge(metricConcepts, float64(sum.Concepts))
	gauge(metricStatements, float64(sum.Statements))
	gauge(metricQuads, float64(sum.Quads))
	for result, n := range map[string]int64{"ok": s.taken.Load(), "failed": s.refused.Load()} {
		metrics <- prometheus.MustNewConstMetric(metricReloads, prometheus.CounterValue, float64(n), result)
	}
	last := r.Serving.LastReload
	if last == nil || last.OK {
		gauge(metricReloadOK, 1)
	} else {
		gauge(metricReloadOK, 0)
	}
	if last != nil {
		gauge(metricReloadTime, float64(last.At.UnixNano())/1e9)
	}
}
