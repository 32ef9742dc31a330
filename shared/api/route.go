package api

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/dangol/dangol/shared/lazyregexp"
)

// route is one mounted operation with everything that can be worked out before the first request.
type route struct {
	*core
	op       Operation
	function string
	pattern  string

	known   func() // sees to it that Huma has read the operation; the rest is there from then on
	encode  encoder
	tabular bool // the body can be had as CSV
	huma    *huma.Operation
	next    func(huma.Context)
	params  []param
	body    *body // nil when the operation reads none
}

// prepare makes the rules of the operation's requests out of Huma's schemas.
func (rt *route) prepare(op *huma.Operation, next func(huma.Context)) {
	rt.huma, rt.next = op, next
	rt.op.Timeout = orElse(rt.op.Timeout, rt.o.Limits.Timeout)
	if rt.op.Timeout >= lease {
		panic("api: " + rt.op.ID + " may run longer than an Idempotency-Key is held for it")
	}
	rt.op.BodyBytes = orElse(rt.op.BodyBytes, rt.o.Limits.BodyBytes)
	rt.op.Status = orElse(rt.op.Status, op.DefaultStatus)
	rt.refuseMistakes(op)
	rt.complete(op)
	c := &compiler{registry: rt.core.huma.OpenAPI().Components.Schemas, seen: map[string]*rule{}}
	rt.params = c.params(op.Parameters)
	rt.body = c.body(op)
}

// variable is one of a path, {id} or {key...}.
var variable = lazyregexp.New(`\{(\w+)`)

// refuseMistakes stops the program for what no request could show: a path variable that the handler does not get, an operationId that is taken, a body that
// could not arrive everywhere.
func (rt *route) refuseMistakes(op *huma.Operation) {
	for _, v := range variable().FindAllStringSubmatch(op.Path, -1) {
		if !slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "path" && p.Name == v[1] }) {
			panic("api: the input of " + op.OperationID + " has no " + v[0] + "}")
		}
	}
	if rt.ids[op.OperationID] {
		panic("api: the operationId " + op.OperationID + " is taken")
	}
	rt.ids[op.OperationID] = true
	if rt.op.BodyBytes > MostBodyBytes {
		panic(fmt.Sprintf("api: %s takes bodies of %d bytes, but on Lambda no more than %d arrive", op.OperationID, rt.op.BodyBytes, int64(MostBodyBytes)))
	}
}

// serve takes a request through the contract's steps; the first that refuses ends it.
func (rt *route) serve(_ http.ResponseWriter, r *http.Request) {
	c := callOf(r.Context())
	c.route, c.function, c.pattern, c.reply.open = rt, rt.function, rt.pattern, true
	rt.known()
	ctx, cancel := context.WithTimeout(r.Context(), rt.op.Timeout)
	defer cancel()
	r = r.WithContext(ctx)
	rt.announce(c.reply.Header())
	if err := rt.admit(ctx, c, r); err != nil {
		rt.refuse(ctx, c, err)
		return
	}
	body, err := rt.read(c, r)
	if err != nil {
		rt.refuse(ctx, c, err)
		return
	}
	rt.keyed(ctx, c, r, body, func() { rt.next(humago.NewContext(rt.huma, r, &c.reply)) })
}

// announce sends when the operation was deprecated and when it goes.
func (rt *route) announce(h http.Header) {
	if !rt.op.Deprecated.IsZero() {
		h.Set("Deprecation", "@"+strconv.FormatInt(rt.op.Deprecated.Unix(), 10))
	}
	if !rt.op.Sunset.IsZero() {
		h.Set("Sunset", rt.op.Sunset.UTC().Format(http.TimeFormat))
	}
}

// admit learns who calls, and whether the caller may.
func (rt *route) admit(ctx context.Context, c *call, r *http.Request) error {
	if rt.op.Public {
		if rt.op.PerAddress == 0 {
			return nil
		}
		return rt.limiter.meter(c.reply.Header(), bucketKey{tenant: rt.op.ID, who: address(r)}, rt.op.PerAddress)
	}
	p, err := rt.identify(ctx, r.Header.Get("Authorization"))
	if err != nil {
		return err
	}
	c.principal = p
	if err := rt.limiter.meter(c.reply.Header(), bucketKey{p.Tenant, p.Actor()}, max(p.Limit, LeastLimit)); err != nil {
		return err
	}
	return rt.op.mayCall(p)
}

func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// read checks the request against its rules and returns the body, which the handler reads again.
func (rt *route) read(c *call, r *http.Request) ([]byte, error) {
	faults := newFaults()
	if err := rt.checkParams(r, faults); err != nil {
		return nil, err
	}
	if rt.body == nil {
		return nil, faults.OrNil()
	}
	raw, err := rt.body.read(c, r, rt.op.BodyBytes)
	if err != nil {
		return nil, err
	}
	if err := rt.body.check(raw, rt.o.Limits.Depth, faults); err != nil {
		return nil, err
	}
	return raw, faults.OrNil()
}
