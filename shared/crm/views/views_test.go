package views_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/views"
	"github.com/dangol/dangol/shared/errs"
)

func TestWhatAViewMayHold(t *testing.T) {
	good := views.Fields{Subject: views.Customers, Name: " 부산 단골 ", Filter: `address.region eq 부산 and orders.count gte 3`, Sort: "-score.revenue", Columns: []string{"name", "custom.size"}}
	f, err := views.Normalise(good)
	if err != nil || f.Name != "부산 단골" || f.Layout != views.Comfortable {
		t.Errorf("got %+v, %v", f, err)
	}
	for want, how := range map[string]func(*views.Fields){
		"/name required_missing":   func(f *views.Fields) { f.Name = " " },
		"/name value_too_long":     func(f *views.Fields) { f.Name = strings.Repeat("가", 101) },
		"/subject option_unknown":  func(f *views.Fields) { f.Subject = "goats" },
		"/layout option_unknown":   func(f *views.Fields) { f.Layout = "upside-down" },
		"/filter filter_malformed": func(f *views.Fields) { f.Filter = "name eq" },
		"/columns items_too_many":  func(f *views.Fields) { f.Columns = make([]string, 51) },
		"/columns value_too_long":  func(f *views.Fields) { f.Columns = []string{strings.Repeat("x", 201)} },
	} {
		bad := good
		how(&bad)
		_, err := views.Normalise(bad)
		var e *errs.Error
		if !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Pointer+" "+e.Fields[0].Code != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestWhoSeesAView(t *testing.T) {
	v := views.View{OwnerID: "usr_1"}
	if !v.SeenBy("usr_1") || v.SeenBy("usr_2") {
		t.Error("a private view is its owner's alone")
	}
	if v.Shared = true; !v.SeenBy("usr_2") {
		t.Error("a shared view is everybody's")
	}
}
