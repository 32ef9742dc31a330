package dynamo_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo"
)

func TestAStreamRecordIsReadAsItWasWritten(t *testing.T) {
	cus := table.Key{PK: "t#wsp_1#cus#cus_1", SK: "cus"}
	for file, want := range map[string]feed.Record{
		"modify": {
			Seq: "0000000000004421584500000000017450439091.crm", Table: table.CRM,
			Old: &table.Item{Key: cus, Version: 1, Head: []byte(`{"name":"김민지"}`), Event: []byte(`{"type":"customer.created"}`)},
			New: &table.Item{Key: cus, Index: [2]table.Key{{PK: "t#wsp_1#cus.list#3", SK: "cus_1"}, {PK: "t#wsp_1#cus.name", SK: "김민지"}}, Version: 2,
				Expires: 4102444800, Head: []byte(`{"name":"김민지"}`), Body: []byte(`{"memo":""}`), Event: []byte(`{"type":"customer.updated"}`),
				Counters: map[string]int64{"orders": 3, "net": -5e9}},
		},
		"expired": {
			Seq: "0000000000000000000111100000000000000001.ops", Table: table.Ops,
			Old: &table.Item{Key: table.Key{PK: "lim#login#a@b.kr#29613068", SK: "lim"}, Expires: 1776784080, Counters: map[string]int64{"tries": 4}},
		},
	} {
		raw, err := os.ReadFile("testdata/" + file + ".record.json")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := dynamo.Decode(raw); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, %v\nwant %+v", file, got, err, want)
		}
	}
}

func TestARecordThatCannotBeReadIsRefused(t *testing.T) {
	raw, err := os.ReadFile("testdata/modify.record.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"no JSON":                {"{", "["},
		"another's table":        {"dangol-prod-crm", "invoices"},
		"a version no number":    {`"v": {"N": "2"}`, `"v": {"N": "two"}`},
		"a counter no number":    {`"N": "3"`, `"N": "3.5"`},
		"a stream of keys alone": {"Image", "Picture"},
	} {
		broken := strings.Replace(string(raw), change[0], change[1], 1)
		if name == "a stream of keys alone" {
			broken = strings.ReplaceAll(string(raw), change[0], change[1])
		}
		if got, err := dynamo.Decode([]byte(broken)); err == nil {
			t.Errorf("%s: got %+v, want an error", name, got)
		}
	}
}
