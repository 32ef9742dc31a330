package lake

import (
	"encoding/json"
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

// appendJSON appends a value of a cell, as encoding/json would write it; each of them can be written.
func appendJSON(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendString(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case Units:
		return append(append(append(b, '"'), v.String()...), '"')
	case time.Time:
		return append(v.UTC().AppendFormat(append(b, '"'), stamp), '"')
	case bool:
		return strconv.AppendBool(b, v)
	case float64:
		return appendFloat(b, v)
	case []string:
		return appendList(b, v)
	}
	return appendAny(b, v)
}

// appendString writes what needs no escapes as it is, and leaves all else to encoding/json.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 0xe2 || c == 0x7f { // U+2028 begins with e2
			return appendAny(b, s)
		}
	}
	if !utf8.ValidString(s) {
		return appendAny(b, s)
	}
	return append(append(append(b, '"'), s...), '"')
}

// appendFloat writes whole numbers, which most are, and leaves all else to encoding/json.
func appendFloat(b []byte, v float64) []byte {
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 && !(v == 0 && math.Signbit(v)) {
		return strconv.AppendInt(b, int64(v), 10)
	}
	return appendAny(b, v)
}

func appendList(b []byte, list []string) []byte {
	if list == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, s)
	}
	return append(b, ']')
}

func appendAny(b []byte, v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic("lake: encode a cell: " + err.Error())
	}
	return append(b, text...)
}
