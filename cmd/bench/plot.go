package main

import (
	"bytes"
	"fmt"
	"math"
)

// plot draws time and memory over size, both axes logarithmic, so that what
// grows like the graph is a straight line.
func plot(points []built) []byte {
	const (
		width, height = 640, 400
		left, bottom  = 70, 350
		across, up    = 250.0, 82.5 // pixels for a factor of ten
	)
	if len(points) == 0 {
		return nil
	}
	x := func(quads int) float64 { return left + across*(math.Log10(float64(quads))-5) }
	y := func(v float64) float64 { return bottom - up*(math.Log10(v)+2) }
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="white"/>`+"\n", width, height)
	for _, v := range []float64{0.01, 0.1, 1, 10, 100} {
		fmt.Fprintf(&b, `<line x1="%d" x2="600" y1="%.0f" y2="%.0f" stroke="#ddd"/><text x="%d" y="%.0f" text-anchor="end">%g</text>`+"\n",
			left, y(v), y(v), left-6, y(v)+4, v)
	}
	for _, q := range []int{100_000, 1_000_000, 10_000_000} {
		fmt.Fprintf(&b, `<line x1="%.0f" x2="%.0f" y1="20" y2="%d" stroke="#ddd"/><text x="%.0f" y="%d" text-anchor="middle">%d</text>`+"\n",
			x(q), x(q), bottom, x(q), bottom+18, q)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d">quads</text>`+"\n", width-60, bottom+36)
	for i, line := range []struct {
		name, colour string
		of           func(built) float64
	}{
		{"build, seconds", "#1f6f8b", func(p built) float64 { return p.Seconds }},
		{"heap of the store, 100 MB", "#b3541e", func(p built) float64 { return float64(p.Heap) / 1e8 }},
		{"peak of the process, GB", "#6a4c93", func(p built) float64 { return float64(p.Peak) / 1e9 }},
	} {
		fmt.Fprintf(&b, `<polyline fill="none" stroke="%s" stroke-width="2" points="`, line.colour)
		for _, p := range points {
			fmt.Fprintf(&b, "%.1f,%.1f ", x(p.Quads), y(math.Max(0.01, line.of(p))))
		}
		fmt.Fprintf(&b, "\"/>\n"+`<text x="%d" y="%d" fill="%s">%s</text>`+"\n", left+16, 36+16*i, line.colour, line.name)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}
