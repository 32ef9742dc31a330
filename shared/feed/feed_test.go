package feed_test

import (
	"testing"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/table"
)

func TestARecordHasAnEventWhenTheChangeBroughtOne(t *testing.T) {
	item := func(event string) *table.Item {
		return &table.Item{Key: table.Key{PK: "p", SK: "s"}, Event: []byte(event)}
	}
	for name, c := range map[string]struct {
		old, next *table.Item
		want      string
	}{
		"a creation":                {nil, item("created"), "created"},
		"a change":                  {item("created"), item("changed"), "changed"},
		"a counter that moved":      {item("created"), item("created"), ""},
		"a change without an event": {item("created"), item(""), ""},
		"a deletion":                {item("created"), nil, ""},
	} {
		if got := (feed.Record{Old: c.old, New: c.next}).Event(); string(got) != c.want {
			t.Errorf("%s: got event %q, want %q", name, got, c.want)
		}
	}
}

func TestARecordHasTheKeyOfItsItem(t *testing.T) {
	it := &table.Item{Key: table.Key{PK: "p", SK: "s"}}
	for name, r := range map[string]feed.Record{"created": {New: it}, "deleted": {Old: it}} {
		if got := r.Key(); got != it.Key {
			t.Errorf("%s: got %v, want %v", name, got, it.Key)
		}
	}
}
