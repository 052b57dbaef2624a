package limits

// CheckRequest checks the text of a request's body, which is JSON, before it is
// parsed: parsing takes a hundred times as long. It reads the text once and
// keeps nothing of it. It returns nil for a text that is within the limits, and
// for much that is no JSON: that is for others to say.
func (l Limits) CheckRequest(text []byte) *Exceeded {
	if e := exceeded("body", l.Body, len(text)); e != nil {
		return e
	}
	const around = 2 // the request and its variables are objects themselves
	values := 0
	open := make([]int, 0, 32) // lists and objects, with how many items each has so far
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			n := 0
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					if i++; i < len(text) && text[i] == 'u' {
						i += 4
					}
				}
				n++
			}
			limit, allowed := "stringBytes", l.StringBytes
			if len(open) <= 1 { // the document
				limit, allowed = "bytes", l.Bytes
			}
			if e := exceeded(limit, allowed, n); e != nil {
				return e
			}
		case '[', '{':
			open = append(open, 1)
			values++
			if e := exceeded("nesting", l.Nesting, len(open)-around); e != nil {
				return e
			}
		case ']', '}':
			open = open[:max(len(open)-1, 0)]
		case ',':
			values++
			if last := len(open) - 1; last >= 0 {
				open[last]++
				if e := exceeded("listItems", l.ListItems, open[last]); e != nil {
					return e
				}
			}
		}
		if values > l.Values {
			return exceeded("values", l.Values, values)
		}
	}
	return nil
}
