package api

import (
	"net/http"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/dangol/dangol/shared/crm/money"
)

const schemas = "#/components/schemas/"

// newDocument is the part of the OpenAPI document that no operation adds.
func newDocument(o Options, n *naming) huma.Config {
	registry := huma.NewMapRegistry(schemas, n.name)
	registry.RegisterTypeAlias(reflect.TypeFor[money.Money](), reflect.TypeFor[moneySchema]())
	format := huma.Format{Marshal: marshal, Unmarshal: huma.DefaultJSONFormat.Unmarshal}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI:    "3.1.0",
			Info:       &huma.Info{Title: o.Title, Version: o.Version, Description: introduction},
			Servers:    []*huma.Server{{URL: "/"}},
			Components: &huma.Components{Schemas: registry},
		},
		Formats:       map[string]huma.Format{jsonType: format, "json": format, csvType: {Marshal: marshalCSV}},
		DefaultFormat: jsonType,
		Transformers:  []huma.Transformer{translate},
	}
}

const introduction = `Everything the console does, programs do through these operations.

Every refusal is an application/problem+json document with a stable code. Lists are read page by page with limit and cursor. Every POST may carry
an Idempotency-Key. Records carry an ETag; send it back as If-Match to change only what you have read. PATCH takes a JSON merge patch: a member that
is absent stays, null clears it, a value sets it. Details and titles come in Korean or English, as Accept-Language asks.`

// moneySchema is how money.Money is written.
type moneySchema struct {
	Amount   string `json:"amount" format:"decimal" example:"12.50" doc:"A decimal number as text, never a float: up to 12 digits before the point and 4 after it."`
	Currency string `json:"currency" format:"currency" example:"KRW" doc:"ISO 4217."`
}

// naming names the types of the document. A type without a name of its own is named by the operation that is being registered, since the hint that
// Huma gives ("CreateInputBody") is the same in every feature.
type naming struct{ operation string }

func (n *naming) name(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Name() != "" {
		return schemaName(t, hint)
	}
	operation := strings.ToUpper(n.operation[:1]) + n.operation[1:]
	switch {
	case strings.HasSuffix(hint, "InputBody"):
		return operation + "Request"
	case strings.HasSuffix(hint, "OutputBody"):
		return operation + "Response"
	case strings.HasPrefix(strings.ToLower(hint), strings.ToLower(operation)):
		return huma.DefaultSchemaNamer(t, hint)
	}
	return operation + huma.DefaultSchemaNamer(t, hint)
}

// schemaName names a type in the document: by its package and name, so that the customer's Fields and the order's Fields are two, unless the name
// already begins with the package's.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	pkg := path.Base(t.PkgPath())
	if t.Name() == "" || pkg == "api" || pkg == "." || strings.HasPrefix(strings.ToLower(name), pkg) {
		return strings.TrimSuffix(name, "Schema")
	}
	return strings.ToUpper(pkg[:1]) + pkg[1:] + name
}

// share adds what operations refer to by name.
func share(c *huma.Components) {
	c.Schemas.Schema(reflect.TypeFor[Problem](), true, "")
	c.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer",
		Description: "An access token of a person (from log-in), or an API key: dgl_live_..., or dgl_test_... for test data. Each operation names the scope it needs."}}
	c.Parameters = map[string]*huma.Param{
		"IdempotencyKey": {Name: "Idempotency-Key", In: "header", Example: "order-10023-try-1", Schema: limited(255),
			Description: "Any text that is unique to this request. The first reply is kept for 24 h and sent again, with Idempotent-Replayed: true, when the same request is repeated."},
		"AcceptLanguage": {Name: "Accept-Language", In: "header", Example: "ko", Schema: &huma.Schema{Type: huma.TypeString},
			Description: "ko or en: the language of problem documents."},
	}
	c.Headers = map[string]*huma.Header{
		"RequestId":       {Description: "Names this request in our logs.", Schema: &huma.Schema{Type: huma.TypeString}},
		"RateLimitPolicy": {Description: "The calls allowed (q) in a window of w seconds.", Schema: &huma.Schema{Type: huma.TypeString}, Example: `"default";q=100;w=10`},
		"RateLimit":       {Description: "The calls left (r), and the seconds (t) until all are there again.", Schema: &huma.Schema{Type: huma.TypeString}, Example: `"default";r=99;t=1`},
		"RetryAfter":      {Description: "Seconds after which it may work.", Schema: &huma.Schema{Type: huma.TypeInteger}},
	}
	c.Responses = map[string]*huma.Response{}
	for _, status := range problemStatuses() {
		c.Responses[problemName(status)] = problemResponse(status)
	}
}

func limited(n int) *huma.Schema { return &huma.Schema{Type: huma.TypeString, MaxLength: &n} }

func problemStatuses() []int {
	return []int{400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 429, 500, 503}
}

func problemName(status int) string { return strings.ReplaceAll(http.StatusText(status), " ", "") }

func problemResponse(status int) *huma.Response {
	r := &huma.Response{
		Description: http.StatusText(status),
		Headers:     map[string]*huma.Param{"X-Request-Id": {Ref: "#/components/headers/RequestId"}},
		Content:     map[string]*huma.MediaType{problemType: {Schema: &huma.Schema{Ref: schemas + "Problem"}}},
	}
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		r.Headers["Retry-After"] = &huma.Param{Ref: "#/components/headers/RetryAfter"}
	}
	return r
}

// document is what Huma is told of an operation, with what the contract adds to every one.
func (a *core) document(op *Operation) huma.Operation {
	doc := huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: op.Path, Summary: op.Summary, Description: op.Description, Tags: []string{op.Tag},
		DefaultStatus: op.Status, Deprecated: !op.Deprecated.IsZero(),
		SkipValidateParams: true, SkipValidateBody: true, MaxBodyBytes: -1, // all of it was checked by the route
		Responses: map[string]*huma.Response{},
	}
	doc.Security = []map[string][]string{} // said outright: nobody forgot it
	if !op.Public {
		doc.Security = append(doc.Security, map[string][]string{"bearer": scopesOf(op)})
	}
	a.tag(op.Tag)
	if op.takesKey() {
		doc.Parameters = append(doc.Parameters, &huma.Param{Ref: "#/components/parameters/IdempotencyKey"})
	}
	doc.Parameters = append(doc.Parameters, &huma.Param{Ref: "#/components/parameters/AcceptLanguage"})
	refer(doc.Responses, op.refusals())
	return doc
}

// refer adds the shared problem of each status.
func refer(to map[string]*huma.Response, refusals []int) {
	for _, status := range refusals {
		to[strconv.Itoa(status)] = &huma.Response{Ref: "#/components/responses/" + problemName(status)}
	}
}

// tag adds a tag to the document's list.
func (a *core) tag(name string) {
	doc := a.huma.OpenAPI()
	at, found := slices.BinarySearchFunc(doc.Tags, name, func(t *huma.Tag, name string) int { return strings.Compare(t.Name, name) })
	if !found && name != "" {
		doc.Tags = slices.Insert(doc.Tags, at, &huma.Tag{Name: name})
	}
}

func scopesOf(op *Operation) []string {
	if op.Scope == "" {
		return []string{}
	}
	return []string{op.Scope}
}

func (op *Operation) takesKey() bool { return op.Method == http.MethodPost && !op.Public }

// refusals are the error statuses that an operation can answer with.
func (op *Operation) refusals() []int {
	all := append([]int{400, 422, 500, 503}, op.Statuses...)
	if !op.Public {
		all = append(all, 401, 403, 429)
	}
	if op.Method == http.MethodPost || op.Method == http.MethodPatch || op.Method == http.MethodPut {
		all = append(all, 413, 415)
	}
	if op.takesKey() {
		all = append(all, 409)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// complete adds to an operation what could only be said once Huma had read its types.
func (rt *route) complete(op *huma.Operation) {
	for _, r := range op.Responses {
		if r.Ref != "" {
			continue
		}
		if r.Headers == nil {
			r.Headers = map[string]*huma.Param{}
		}
		r.Headers["X-Request-Id"] = &huma.Param{Ref: "#/components/headers/RequestId"}
		if !rt.op.Public {
			r.Headers["RateLimit-Policy"] = &huma.Param{Ref: "#/components/headers/RateLimitPolicy"}
			r.Headers["RateLimit"] = &huma.Param{Ref: "#/components/headers/RateLimit"}
		}
	}
	if ok := op.Responses["200"]; rt.op.Method == http.MethodGet && ok != nil && ok.Headers["ETag"] != nil {
		op.Responses["304"] = &huma.Response{Description: "Not modified: If-None-Match names the present version"}
	}
	if rt.tabular {
		offerCSV(op)
	}
	for _, p := range op.Parameters {
		tidyParameter(p)
	}
	if op.Method == http.MethodPatch && op.RequestBody != nil && op.RequestBody.Content[jsonType] != nil {
		op.RequestBody.Content[patchType] = &huma.MediaType{Schema: op.RequestBody.Content[jsonType].Schema}
	}
}

// tidyParameter takes out what Huma says twice, or of lists only.
func tidyParameter(p *huma.Param) {
	if p.Schema == nil {
		return
	}
	if p.Schema.Description == p.Description {
		p.Schema.Description = ""
	}
	if p.Schema.Type != huma.TypeArray {
		p.Explode = nil
	}
}
