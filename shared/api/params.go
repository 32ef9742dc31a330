package api

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/dangol/dangol/shared/errs"
)

// param is a query parameter or header of an operation.
type param struct {
	name     string
	in       string
	required bool
	repeats  bool
	rule     *rule
}

// params makes rules for the query and the headers. A path parameter needs none: what it names exists, or it is not found.
func (c *compiler) params(list []*huma.Param) []param {
	var all []param
	for _, p := range list {
		if p.Schema == nil || p.In != "query" && p.In != "header" {
			continue
		}
		all = append(all, param{name: p.Name, in: p.In, required: p.Required, repeats: p.Explode != nil && *p.Explode, rule: c.rule(p.Schema)})
	}
	return all
}

// checkParams checks the query and the headers. Parameters that do not exist are refused at once: a misspelt filter would answer everything.
func (rt *route) checkParams(r *http.Request, e *errs.Error) error {
	query, err := rt.parseQuery(r.URL.RawQuery)
	if err != nil {
		return err
	}
	for i := range rt.params {
		p := &rt.params[i]
		text, at := "", place{name: p.name}
		if p.in == "query" {
			text, at.name = strings.Join(query[p.name], ","), "?"+p.name
		} else {
			text = r.Header.Get(p.name)
		}
		if text == "" {
			if p.required {
				at.fault(e, "required_missing")
			}
			continue
		}
		if err := p.check(text, &at, e); err != nil {
			return err
		}
	}
	return nil
}

func (rt *route) parseQuery(raw string) (url.Values, error) {
	if raw == "" {
		return nil, nil
	}
	query, err := url.ParseQuery(raw)
	if err != nil {
		return nil, errs.New(errs.Malformed, "query_malformed")
	}
	for name, values := range query {
		i := slices.IndexFunc(rt.params, func(p param) bool { return p.in == "query" && p.name == name })
		if i < 0 {
			return nil, errs.Newf(errs.Malformed, "parameter_unknown", "name", name).Add("?"+name, "parameter_unknown", "name", name)
		}
		if len(values) > 1 && !rt.params[i].repeats {
			return nil, errs.Newf(errs.Malformed, "parameter_repeated", "name", name).Add("?"+name, "parameter_repeated", "name", name)
		}
	}
	return query, nil
}

// check reads the text as the type that the rule asks for, and checks it.
func (p *param) check(text string, at *place, e *errs.Error) error {
	v, ok := p.rule.read(text)
	if !ok {
		at.fault(e, "type_wrong", "expected", errs.Term(p.rule.kind))
		return nil
	}
	if p.name == "sort" && len(p.rule.options) > 0 && !slices.Contains(p.rule.options, text) {
		return unknownIn("sort", "sort_unknown", text, strings.Join(p.rule.options, ", "))
	}
	p.rule.check(v, at, e)
	return nil
}

// read turns the text of a parameter into what encoding/json would have made of it. Lists are separated by commas.
func (r *rule) read(text string) (any, bool) {
	switch r.kind {
	case huma.TypeInteger, huma.TypeNumber:
		return json.Number(text), true // check reads it
	case huma.TypeBoolean:
		b, err := strconv.ParseBool(text)
		return b, err == nil
	case huma.TypeArray:
		return r.readList(text)
	}
	return text, true
}

func (r *rule) readList(text string) (any, bool) {
	var list []any
	for part := range strings.SplitSeq(text, ",") {
		v, ok := r.items.read(part)
		if !ok {
			return nil, false
		}
		list = append(list, v)
	}
	return list, true
}

// unknownIn is the refusal of a name that the query parameter does not know.
func unknownIn(parameter, code, field, allowed string) error {
	return errs.Newf(errs.Malformed, code, "field", field, "allowed", allowed).Add("?"+parameter, code, "field", field, "allowed", allowed)
}
