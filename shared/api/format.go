package api

import (
	"encoding/base64"
	"fmt"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"time"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lazyregexp"
)

// format is a form that texts of a schema have, with the name that people read.
type format struct {
	name errs.Term
	fits func(string) bool
}

var (
	decimalForm  = lazyregexp.New(`^-?[0-9]{1,12}(\.[0-9]{1,4})?$`)
	durationForm = lazyregexp.New(`^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$`)
)

// formats are the forms that schemas may name. An unknown one stops the program when the operation is registered, rather than let all through.
var formats = map[string]*format{
	"date-time": {"date-time", parses(func(s string) error { _, err := time.Parse(time.RFC3339, s); return err })},
	"date":      {"date", parses(func(s string) error { _, err := time.Parse(time.DateOnly, s); return err })},
	"email":     {"email", isEmail},
	"uri":       {"uri", isAbsoluteURL},
	"ip":        {"pattern", parses(func(s string) error { _, err := netip.ParseAddr(s); return err })},
	"base64":    {"base64", parses(func(s string) error { _, err := base64.StdEncoding.DecodeString(s); return err })},
	"time-zone": {"time-zone", func(s string) bool { _, err := time.LoadLocation(s); return err == nil && s != "" && s != "Local" }},
	"currency":  {"currency", money.ValidCurrency},
	"decimal":   {"decimal", func(s string) bool { return decimalForm().MatchString(s) }},
	"duration":  {"duration", func(s string) bool { return len(s) > 1 && s[len(s)-1] != 'T' && durationForm().MatchString(s) }},
	"regex":     {"pattern", parses(func(s string) error { _, err := regexp.Compile(s); return err })},
	"binary":    nil,
	"password":  nil,
}

func formatOf(name string) *format {
	if name == "" {
		return nil
	}
	f, ok := formats[name]
	if !ok {
		panic(fmt.Sprintf("api: a schema has the unknown format %q", name))
	}
	return f
}

func parses(parse func(string) error) func(string) bool {
	return func(s string) bool { return parse(s) == nil }
}

func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

func isAbsoluteURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme != "" && u.Host != ""
}
