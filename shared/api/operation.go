package api

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// Operation describes one operation of the public API.
type Operation struct {
	ID          string // operationId: listCustomers
	Method      string
	Path        string
	Summary     string
	Description string
	Tag         string
	Scope       string // what the caller needs, such as customers:read
	Owner       bool   // only the workspace's owner may call
	Public      bool   // no credential is asked for; an Idempotency-Key is ignored
	Status      int    // of success; 0 is 200, or 204 without a body
	// Statuses are the error statuses of the operation's own rules, such as 404 and 409; those of the contract are documented by themselves.
	Statuses  []int
	BodyBytes int64         // instead of Limits.BodyBytes
	Timeout   time.Duration // instead of Limits.Timeout
	// PerAddress limits the calls of one network address per 10 s, for a public operation that costs much or can be guessed at; 0 is no limit.
	PerAddress Limit
	// Secret marks a reply that shows a secret once, such as a new API key. If it is stored for an Idempotency-Key it is sealed with that key.
	Secret bool
	// Deprecated and Sunset are when the operation became deprecated and when it goes; both are sent as headers (RFC 9745, RFC 8594).
	Deprecated, Sunset time.Time
}

// Register adds an operation. I and O are structs as Huma reads them: parameters and headers by tag, the document in Body, embedded structs
// exported. The handler's error becomes a problem: an *errs.Error says what of it, any other is an internal one.
func Register[I, O any](a *API, op Operation, h func(context.Context, *I) (*O, error)) {
	a.register(op, func(rt *route, doc huma.Operation) {
		refuseHidden(op.ID, reflect.TypeFor[I]())
		rt.encode, rt.tabular = encoderOf[O](), tabular[O]()
		huma.Register(a.huma, doc, func(ctx context.Context, in *I) (*O, error) {
			out, err := h(ctx, in)
			if err != nil {
				c := callOf(ctx)
				c.reply.stored = nil // an error after Commit: the caller learns of it now, and of the effect by repeating the request
				return nil, problemOf(ctx, c, err)
			}
			return out, nil
		})
	})
}

// refuseHidden stops the program when an input embeds an unexported struct: Huma would not see it, and its parameters would stay empty.
func refuseHidden(operation string, input reflect.Type) {
	for _, f := range reflect.VisibleFields(input) {
		if f.Anonymous && !f.IsExported() {
			panic("api: the input of " + operation + " embeds " + f.Type.String() + ", which must be exported for Huma to read it")
		}
	}
}

// HandleOperation serves, like Handle, what is no JSON operation, and documents it: public, with the path's variables, answering op.Status with a
// document of the media type, and op.Statuses with problems.
func (a *API) HandleOperation(op Operation, mediaType string, h http.Handler) {
	a.later(func() { a.describe(op, mediaType) })
	a.Handle(op.Method+" "+op.Path, h)
}

// describe documents an operation that Huma does not serve.
func (a *API) describe(op Operation, mediaType string) {
	op.Status = orElse(op.Status, http.StatusOK)
	doc := &huma.Operation{OperationID: op.ID, Method: op.Method, Path: op.Path, Summary: op.Summary, Description: op.Description, Tags: []string{op.Tag},
		Security: []map[string][]string{}, Responses: map[string]*huma.Response{strconv.Itoa(op.Status): {
			Description: http.StatusText(op.Status), Content: map[string]*huma.MediaType{mediaType: {Schema: &huma.Schema{Type: huma.TypeString}}}}}}
	for _, v := range variable().FindAllStringSubmatch(op.Path, -1) {
		doc.Parameters = append(doc.Parameters, &huma.Param{Name: v[1], In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}})
	}
	refer(doc.Responses, op.Statuses)
	a.tag(op.Tag)
	a.huma.OpenAPI().AddOperation(doc)
}

// register hands the operation to Huma, which documents it and gives it back to the adapter with its parameters and schemas worked out.
func (a *API) register(op Operation, mount func(*route, huma.Operation)) {
	rt := &route{core: a.core, op: op, function: a.function, pattern: op.Method + " " + op.Path}
	rt.known = a.later(func() {
		doc := a.document(&op)
		doc.Metadata = map[string]any{"route": rt}
		a.naming.operation = op.ID
		mount(rt, doc)
	})
	a.mux.HandleFunc(rt.pattern, rt.serve)
}

// adapter is how Huma reaches the routes: each of its operations belongs to one, which does what the contract asks around it.
type adapter struct{ *core }

// Handle gives one operation to its route.
func (a adapter) Handle(op *huma.Operation, next func(huma.Context)) {
	op.Metadata["route"].(*route).prepare(op, next)
}

// ServeHTTP makes the adapter one of Huma's; requests do not come this way.
func (a adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.mux.ServeHTTP(w, r) }
