package campaign

import (
	"reflect"
	"testing"
)

func TestNumber(t *testing.T) {
	for name, c := range map[string]struct{ known, links, want []string }{
		"links are numbered in their order":     {nil, []string{"https://a.kr", "https://b.kr"}, []string{"https://a.kr", "https://b.kr"}},
		"a number once given keeps its target":  {[]string{"https://b.kr"}, []string{"https://a.kr", "https://b.kr"}, []string{"https://b.kr", "https://a.kr"}},
		"a target made by Liquid has no number": {nil, []string{"https://a.kr/{{ customer.name }}", "https://b.kr"}, []string{"https://b.kr"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Number(c.known, c.links); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
