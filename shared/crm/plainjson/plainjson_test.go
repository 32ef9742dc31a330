package plainjson_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/plainjson"
)

// values are what a custom field or the data of an entry may be, and worse.
func values() *rapid.Generator[any] {
	leaf := rapid.OneOf(rapid.Just[any](nil), rapid.Bool().AsAny(), rapid.Float64().AsAny(), rapid.Float64Range(-1e6, 1e6).AsAny(), rapid.IntRange(-1000, 1000).AsAny(),
		rapid.SampledFrom([]string{"", "원두", `5" tray`, `back\slash`, "<b>", "\u2028"}).AsAny())
	list := rapid.SliceOfN(leaf, 0, 3).AsAny()
	return rapid.OneOf(leaf, list, rapid.MapOfN(rapid.StringMatching(`[a-z"]{1,3}`), rapid.OneOf(leaf, list), 0, 3).AsAny())
}

func TestAnyReadsWhatJSONReads(t *testing.T) {
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		text, err := json.Marshal(values().Draw(t, "value"))
		if err != nil {
			t.Fatal(err)
		}
		if agrees(t, text) {
			read++
		}
	})
	if read < 20 {
		t.Errorf("only %d values were read: the others were left to encoding/json", read)
	}
}

// What no encoder writes is read as encoding/json reads it, or left to it.
func TestOtherForms(t *testing.T) {
	for _, text := range []string{``, ` 1`, `01`, `+1`, `1.`, `.5`, `-`, `1e5`, `1E400`, `-0`, `nul`, `truefalse`, `[1,]`, `[,1]`, `[1`, `{"a"}`, `{"a":1,}`, `{a:1}`, `{"a":1`, `"a`, `"a\n"`, `"a"b`} {
		agrees(t, []byte(text))
	}
}

// agrees compares with encoding/json and says whether the text was not left to it.
func agrees(t interface{ Errorf(string, ...any) }, text []byte) bool {
	r := plainjson.Of(text)
	got := r.Any()
	if !r.Done() {
		return false
	}
	var want any
	if err := json.Unmarshal(text, &want); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v, %v", text, got, want, err)
	}
	return true
}
