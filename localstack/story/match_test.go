package story_test

import (
	"strings"
	"testing"

	"github.com/dangol/dangol/localstack/story"
)

func TestMatch(t *testing.T) {
	for name, c := range map[string]struct{ want, got, err string }{
		"what is left out may be anything":  {`{"a": 1}`, `{"a": 1, "b": 2}`, ""},
		"another value differs":             {`{"a": 1}`, `{"a": 2}`, "$.a is 2, want 1"},
		"what is named must be there":       {`{"a": {"b": 1}}`, `{"a": {}}`, "$.a.b is absent"},
		"what must be absent":               {`{"a": "<absent>"}`, `{"a": null}`, "want it absent"},
		"an array is whole":                 {`[1]`, `[1, 2]`, "has 2 elements, want 1"},
		"an array may go on":                {`[1, "..."]`, `[1, 2, 3]`, ""},
		"a bound name must be equal":        {`{"x": "{kim}"}`, `{"x": "cus_2"}`, `want "cus_1"`},
		"a new name binds":                  {`{"x": "{lee}", "y": "{lee}"}`, `{"x": 5, "y": 5}`, ""},
		"a new name binds once":             {`["{lee}", "{lee}"]`, `[5, 6]`, "want"},
		"a bound holds":                     {`{"n": ">= 3"}`, `{"n": 3}`, ""},
		"a bound is missed":                 {`{"n": ">= 3"}`, `{"n": 2}`, "want >= 3"},
		"null is no text":                   {`{"n": "null"}`, `{"n": null}`, "want"},
		"a text within":                     {`~ <h1>`, `a <h1> b`, ""},
		"a text that is not within":         {`~ <h2>`, `a <h1> b`, "does not contain"},
		"a text within a value":             {`{"t": "~ is {kim}."}`, `{"t": "it is cus_1."}`, ""},
		"a text that is not in the value":   {`{"t": "~ is {kim}."}`, `{"t": "it is cus_2."}`, "does not contain"},
		"a link's token binds":              {`["~ /t/{token}?", "{token}"]`, `["http://a/t/x-1.y?z", "x-1.y"]`, ""},
		"lines within":                      {"~ one\n!~ two\n~ {kim}", `one cus_1`, ""},
		"a line that must not be there":     {"~ one\n!~ two", `one two`, `contains "two"`},
		"numbers keep every digit they had": {`{"n": 12345678901234567890}`, `{"n": 12345678901234567890}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := story.Names{"kim": "cus_1"}.Match(c.want, []byte(c.got))
			if c.err == "" && err != nil || c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
				t.Errorf("got %v, want %q", err, c.err)
			}
		})
	}
}
