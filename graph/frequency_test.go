package graph_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// TestParseFrequency has a line for each form in which sources write how often.
func TestParseFrequency(t *testing.T) {
	none := math.NaN()
	for words, want := range map[string][3]float64{
		// One number.
		"30 %":               {0.3, 0.3, 0.3},
		"30%":                {0.3, 0.3, 0.3},
		"33.3 percent":       {0.333, 0.333, 0.333},
		"30 per cent":        {0.3, 0.3, 0.3},
		"7/12":               {7. / 12, 7. / 12, 7. / 12},
		"7 / 12":             {7. / 12, 7. / 12, 7. / 12},
		"1 in 10":            {0.1, 0.1, 0.1},
		"1 in 10,000":        {0.0001, 0.0001, 0.0001},
		"7 of 12":            {7. / 12, 7. / 12, 7. / 12},
		"7 out of 12":        {7. / 12, 7. / 12, 7. / 12},
		"0/12":               {0, 0, 0},
		"none of 12":         {0, 0, 0},
		"None of 12 cases":   {0, 0, 0},
		"0 cases":            {0, 0, 0},
		"0.3":                {0.3, 0.3, 0.3},
		"1":                  {1, 1, 1},
		"in 1 in 10 people":  {0.1, 0.1, 0.1},
		"in 30 % of cases":   {0.3, 0.3, 0.3},
		"7/12 patients":      {7. / 12, 7. / 12, 7. / 12},
		"often (30 %)":       {0.3, 0.3, 0.3},
		"Obligate (100%)":    {1, 1, 1},
		"30 % of the people": {0.3, 0.3, 0.3},
		// Ranges.
		"5-29 %":                       {none, 0.05, 0.29},
		"5–29 %":                       {none, 0.05, 0.29},
		"5 % to 29 %":                  {none, 0.05, 0.29},
		"5 to 29 percent of cases":     {none, 0.05, 0.29},
		"from 5 % to 29 %":             {none, 0.05, 0.29},
		"between 5 and 29 %":           {none, 0.05, 0.29},
		"0.05-0.29":                    {none, 0.05, 0.29},
		"1 in 100 to 1 in 10":          {none, 0.01, 0.1},
		"between 1 in 100 and 1 in 10": {none, 0.01, 0.1},
		"1 to 10 in 100":               {none, 0.01, 0.1},
		"may affect 1 to 10 in 1,000":  {none, 0.001, 0.01},
		"Very frequent (99-80%)":       {none, 0.8, 0.99},
		"Very rare (<4-1%)":            {none, 0.01, 0.04},
		"1/100-1/10":                   {none, 0.01, 0.1},
		// Bounds.
		"more than 1 in 10":                   {none, 0.1, none},
		"may affect more than 1 in 10 people": {none, 0.1, none},
		"greater than 10 %":                   {none, 0.1, none},
		"over 10 %":                           {none, 0.1, none},
		"above 10 %":                          {none, 0.1, none},
		"> 10 %":                              {none, 0.1, none},
		"at least 10 %":                       {none, 0.1, none},
		"no less than 10 %":                   {none, 0.1, none},
		"not less than 10 %":                  {none, 0.1, none},
		">= 10 %":                             {none, 0.1, none},
		"≥ 10 %":                              {none, 0.1, none},
		"10 % or more":                        {none, 0.1, none},
		"less than 1 in 10":                   {none, none, 0.1},
		"fewer than 1 in 10":                  {none, none, 0.1},
		"under 10 %":                          {none, none, 0.1},
		"below 10 %":                          {none, none, 0.1},
		"< 10 %":                              {none, none, 0.1},
		"at most 10 %":                        {none, none, 0.1},
		"up to 1 in 10 people":                {none, none, 0.1},
		"no more than 10 %":                   {none, none, 0.1},
		"not more than 10 %":                  {none, none, 0.1},
		"<= 10 %":                             {none, none, 0.1},
		"≤ 10 %":                              {none, none, 0.1},
		"10 % or less":                        {none, none, 0.1},
		"1 in 10 or fewer":                    {none, none, 0.1},
		// Terms of HPO.
		"HP:0040280": {1, 1, 1},
		"HP:0040281": {none, 0.8, 0.99},
		"HP:0040282": {none, 0.3, 0.79},
		"HP:0040283": {none, 0.05, 0.29},
		"HP:0040284": {none, 0.01, 0.04},
		"HP:0040285": {0, 0, 0},
		// Words, and what is not exact.
		"often": {none, none, none}, "rarely": {none, none, none}, "very frequent": {none, none, none}, "": {none, none, none},
		"one of the most common": {none, none, none}, "half of cases": {none, none, none}, "HP:0001250": {none, none, none},
		"about 30 %": {none, none, none}, "~30 %": {none, none, none}, "twice in 10 years": {none, none, none},
		"more than 12 weeks": {none, none, none}, "30 % of severe cases": {none, none, none}, "12,5 %": {none, none, none},
		"2-3 times a day": {none, none, none}, "more than 5-10 %": {none, none, none}, "-5 %": {none, none, none},
		"1,2 in 10": {none, none, none}, "in 1999 people, 3": {none, none, none}, "100000000000000000 in 5": {none, none, none},
	} {
		got, err := graph.ParseFrequency(words)
		if err != nil || !sameFrequency(got, graph.Frequency{Value: want[0], Min: want[1], Max: want[2]}) {
			t.Errorf("%q: %v, %v; want %v", words, got, err, want)
		}
	}
	for words, want := range map[string]string{
		"12/7": "12 of 7 is more than all", "130 %": "130 % is more than all", "1 in 0": "1 of 0 is no part of anything",
		"30": "30 is not a share between 0 and 1", "5-29": "29 is not a share", "up to 3 in 2": "3 of 2 is more than all",
		"20-130 %": "130 % is more than all", "very often (130 %)": "130 % is more than all", "0/0 cases": "0 of 0 is no part",
		"1.5": "1.5 is not a share",
	} {
		if got, err := graph.ParseFrequency(words); err == nil || !strings.Contains(err.Error(), want) || !sameFrequency(got, graph.Frequency{Value: none, Min: none, Max: none}) {
			t.Errorf("%q: %v, %v; want %q", words, got, err, want)
		}
	}
}

// TestShareOf has a line for each way to reckon a share.
func TestShareOf(t *testing.T) {
	for words, want := range map[string]float64{
		"": 0.3, "about half": 0.3, "12/7": 0.3,
		"7/12": 7.3 / 13, "0/12": 0.3 / 13, "7 of 12": 7.3 / 13, "12 out of 12": 12.3 / 13,
		"1 in 10": 0.1, "40 %": 0.4, "5-29 %": 0.17, "more than 1 in 10": 0.55, "up to 1 in 10": 0.05,
		"HP:0040280": 1, "HP:0040281": 0.895, "frequent": 0.545, "Very rare": 0.025,
		"always": 1, "Usually": 0.8, "often": 0.6, "sometimes": 0.2, "rarely": 0.05, "not often": 0.3,
	} {
		got, stated := graph.ShareOf(words, math.NaN())
		if math.Abs(got-want) > 1e-12 || stated != (got != graph.UnstatedShare) {
			t.Errorf("%q: %v, stated %v; want %v", words, got, stated, want)
		}
	}
	if got, stated := graph.ShareOf("often", 0.31); got != 0.31 || !stated {
		t.Errorf("a number beside words: %v, %v", got, stated)
	}
}

func sameFrequency(f, g graph.Frequency) bool {
	same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
	return same(f.Value, g.Value) && same(f.Min, g.Min) && same(f.Max, g.Max)
}

// TestIsNever has a line for each way to say that it is so in nobody, and for what
// sounds like it.
func TestIsNever(t *testing.T) {
	for words, want := range map[string]bool{
		"never": true, "Never": true, "Excluded": true, "absent": true, "none": true, "not observed": true, "not_present": true, "Not seen.": true,
		"none of the patients": true, "in no case": true, "no patients": true, "nobody": true, "absent (0/12)": true, "Excluded (HP:0040285)": true,
		"0/12": true, "none of 12": true, "0 %": true, "0%": true, "HP:0040285": true, "0 of 30 patients": true, "never (0%)": true,
		"": false, "often": false, "almost never": false, "hardly ever": false, "not uncommon": false, "not rare": false, "1/12": false, "never (5 %)": false,
		"absent in 3 of 12": false, "absent in most": false, "never in children": false, "no more than 10 %": false, "up to 1 in 10": false, "HP:0040284": false,
		"12/7": false, "none reported": false,
	} {
		if graph.IsNever(words) != want {
			t.Errorf("%q is never: %t", words, !want)
		}
	}
}

// TestFrequencyOf: a number beside everyday words is all that there is to know;
// beside words with numbers it is one more.
func TestFrequencyOf(t *testing.T) {
	none := math.NaN()
	for _, c := range []struct {
		words string
		value float64
		want  graph.Frequency
	}{
		{"often", 0.7, graph.Frequency{Value: 0.7, Min: 0.7, Max: 0.7}},
		{"", none, graph.Frequency{Value: none, Min: none, Max: none}},
		{"HP:0040281", 0.9, graph.Frequency{Value: 0.9, Min: 0.8, Max: 0.99}},
		{"7/12", none, graph.Frequency{Value: 7. / 12, Min: 7. / 12, Max: 7. / 12}},
		{"12/7", none, graph.Frequency{Value: none, Min: none, Max: none}},
	} {
		if got := graph.FrequencyOf(c.words, c.value); !sameFrequency(got, c.want) {
			t.Errorf("%q, %g: %v, want %v", c.words, c.value, got, c.want)
		}
	}
}

// TestFrequencyOrder: the most frequent first, what has no number last.
func TestFrequencyOrder(t *testing.T) {
	want := []string{"HP:0040280", "HP:0040281", "7/12", "HP:0040282", "more than 1 in 10", "0.1-0.3", "1 in 10", "0/12", "up to 1 in 10", "< 1 %", "often"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, func(a, b string) int {
		return graph.FrequencyOf(a, math.NaN()).Compare(graph.FrequencyOf(b, math.NaN()))
	})
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
