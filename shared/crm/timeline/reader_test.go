package timeline_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/dangol/dangol/shared/crm/timeline"
)

func TestReadReadsWhatJSONReads(t *testing.T) {
	const begin = `{"id":"tl_1","type":"note","at":"2026-03-02T12:00:00.5Z"`
	for name, text := range map[string]string{
		"no data":              begin + `}`,
		"who wrote it":         begin + `,"actor":"usr_1"}`,
		"data of all types":    begin + `,"data":{"text":"a","n":1.5,"yes":true,"list":["a",{"b":null}],"changes":{"name":{"from":"","to":"홍길동"}}}}`,
		"an escape":            begin + `,"data":{"text":"a\nb"}}`,
		"a type yet to come":   `{"id":"tl_1","type":"fax","at":"2026-03-02T12:00:00Z"}`,
		"other members":        begin + `,"more":1}`,
		"members out of order": `{"type":"note","id":"tl_1","at":"2026-03-02T12:00:00Z"}`,
		"data that is empty":   begin + `,"data":{}}`,
		"no time":              `{"id":"tl_1","type":"note","at":"yesterday"}`,
		"cut off":              begin + `,"data":{"text":`,
	} {
		t.Run(name, func(t *testing.T) {
			var want timeline.Entry
			wantErr := json.Unmarshal([]byte(text), &want)
			got, err := timeline.Read([]byte(text))
			if (err == nil) != (wantErr == nil) || err == nil && !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, %v; want %+v, %v", got, err, want, wantErr)
			}
		})
	}
}
