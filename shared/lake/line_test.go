package lake

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
)

var moment = time.Date(2026, 3, 2, 12, 0, 0, 123_000_000, time.UTC)

// awkward are texts that JSON writes in more than one way, and some that it does not.
var awkward = []string{"", "김단골", "a b", `"`, `\`, "<b>&", "\u2028", "\u2029", "a\nb", "\x00", "\x7f", "\xff", "a\xe2", "é", "\U0001F600", strings.Repeat("긴 글", 50)}

// TestAValueIsWrittenAsEncodingJSONWritesIt.
func TestAValueIsWrittenAsEncodingJSONWritesIt(t *testing.T) {
	values := []any{int64(0), int64(math.MinInt64), Units(-125000), true, false, 0.0, math.Copysign(0, -1), 1.0, -3.0, 0.1, 1e15, 1e20, 1e21, 1e22, 1e-7, 9007199254740993.0, math.MaxFloat64,
		[]string{}, []string(nil), awkward}
	for _, s := range awkward {
		values = append(values, s)
	}
	for _, v := range values {
		want, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if got := appendJSON(nil, v); string(got) != string(want) {
			t.Errorf("%T %v: got %s, want %s", v, v, got, want)
		}
	}
	if got, want := string(appendJSON(nil, moment.In(time.FixedZone("KST", 9*60*60)))), `"2026-03-02T12:00:00.123Z"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestALineIsReadAsEncodingJSONReadsIt, whatever is in it, and whoever wrote it.
func TestALineIsReadAsEncodingJSONReadsIt(t *testing.T) {
	lines, luck := newLines(), rand.New(rand.NewPCG(1, 2))
	text := func() string { return awkward[luck.IntN(len(awkward))] }
	for range 500 {
		r := Row{Subject: "customers", ID: text(), Version: luck.Int64(), At: moment, Gone: luck.IntN(2) == 0}
		for _, c := range []Cell{{"name", text()}, {"birthDate", "1988-02-29"}, {"tags", []string{text(), text()}}, {"sample", luck.IntN(2) == 0}, {"createdAt", moment}, {"origin.row", luck.Int64N(9)},
			{"unknown", text()}, {"custom.a", text()}, {"custom.b", luck.Float64()}, {"custom.c", []string{text()}}, {"custom.d", true}, {"custom.e.amount", Units(luck.Int64())}} {
			if luck.IntN(2) == 0 {
				r.Cells = append(r.Cells, c)
			}
		}
		equal(t, lines, strings.TrimSuffix(string(appendLine(nil, &r)), "\n"))
	}
	line := func(row string) string {
		return `{"s":"orders","v":1,"at":"2026-03-02T12:00:00.123Z","id":"a","row":{` + row + `}}`
	}
	for _, text := range []string{
		line(``), line(`"total.amount":"12.50"`), line(`"total.amount":"1.23456"`), line(`"total.amount":12`), line(`"orderedAt":"2026-03-02T12:00:00Z"`), line(`"orderedAt":"2026-02-30T12:00:00.123Z"`),
		line(`"orderedAt":"2026-03-02T12:00:00.123+09:00"`), line(`"origin.row":1.5`), line(`"origin.row":"1"`), line(`"products":null`), line(`"products":[]`), line(`"channel":null`), line(`"sample":1`),
		line(`"other":{"a":[1,2]}`), line(` "channel" : "web" `), line(`"channel":"web"`) + ` `, line(`"channel":"web"`) + `x`, line(`"channel":"web`), line(`"channel"`), line(`"channel":"a\u0041\n"`),
		`{"v":1,"s":"orders","id":"a","at":"2026-03-02T12:00:00Z","row":{"channel":"web"}}`, `{"s":"tickets","v":1}`, `{"s":"orders","v":1,"at":"2026-03-02T12:00:00.123Z","id":"a"}`, `{}`, ``, `x`,
	} {
		equal(t, lines, text)
	}
}

func equal(t *testing.T, lines *lines, text string) {
	t.Helper()
	got, known, err := lines.read([]byte(text))
	want, wantKnown, wantErr := parseLine([]byte(text))
	if fmt.Sprint(err) != fmt.Sprint(wantErr) || known != wantKnown || err == nil && known && !reflect.DeepEqual(full(got), full(want)) {
		t.Errorf("%s:\ngot  %+v %v %v\nwant %+v %v %v", text, got, known, err, want, wantKnown, wantErr)
	}
}

// full makes rows without cells alike.
func full(r Row) Row {
	if len(r.Cells) == 0 {
		r.Cells = nil
	}
	return r
}
