package iamproxy_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
)

// mutation is a mistake that a store could make, beside the same work done right.
type mutation struct {
	row      string // whose rights: a row of the catalogue
	honest   func(context.Context, store) error
	mistaken func(context.Context, store) error
	why      string // in the record of the mistake
}

// as does the same work as another tenant's store would.
func as(tenant string, work func(context.Context, store) error) func(context.Context, store) error {
	return func(ctx context.Context, s store) error { return work(ctx, store{s.clients, tenant}) }
}

// foreign is work that goes wrong only in whose it is.
func foreign(row string, work func(context.Context, store) error) mutation {
	return mutation{row, work, as(theirs, work), "allows it"}
}

func get(ctx context.Context, s store) error        { return s.get(ctx, crm, "1") }
func put(ctx context.Context, s store) error        { return s.put(ctx, crm, "1") }
func update(ctx context.Context, s store) error     { return s.update(ctx, "1") }
func remove(ctx context.Context, s store) error     { return s.remove(ctx, "1") }
func getBoth(ctx context.Context, s store) error    { return s.getBoth(ctx) }
func writeBoth(ctx context.Context, s store) error  { return s.writeBoth(ctx) }
func readBoth(ctx context.Context, s store) error   { return s.readBoth(ctx) }
func list(ctx context.Context, s store) error       { return s.list(ctx, crm, 0) }
func listIndex1(ctx context.Context, s store) error { return s.list(ctx, crm, 1) }
func listIndex2(ctx context.Context, s store) error { return s.list(ctx, crm, 2) }
func scan(ctx context.Context, s store) error       { return s.scan(ctx) }
func upload(ctx context.Context, s store) error     { return s.upload(ctx) }
func download(ctx context.Context, s store) error   { return s.download(ctx) }
func head(ctx context.Context, s store) error       { return s.head(ctx) }
func erase(ctx context.Context, s store) error      { return s.erase(ctx) }

// objects lists below a prefix of the tenant.
func objects(below string) func(context.Context, store) error {
	return func(ctx context.Context, s store) error { return s.objects(ctx, "t/"+s.tenant+below) }
}

func queryOutreach(ctx context.Context, s store) error { return s.list(ctx, outreach, 0) }
func readOutreach(ctx context.Context, s store) error  { return s.get(ctx, outreach, "1") }
func writeOutreach(ctx context.Context, s store) error { return s.put(ctx, outreach, "1") }

const none = "no identity-based policy allows it"

var mutations = map[string]mutation{
	"a get forgets its tenant":                {"customers", get, as("", get), none},
	"a put forgets its tenant":                {"customers", put, as("", put), none},
	"a query forgets its tenant":              {"customers", list, as("", list), none},
	"an index query forgets its tenant":       {"customers", listIndex1, as("", listIndex1), none},
	"a foreign get":                           foreign("customers", get),
	"a foreign put":                           foreign("customers", put),
	"a foreign update":                        foreign("customers", update),
	"a foreign delete":                        foreign("customers", remove),
	"a foreign query":                         foreign("customers", list),
	"a foreign query of index 1":              foreign("customers", listIndex1),
	"a foreign query of index 2":              foreign("customers", listIndex2),
	"a foreign key in a batch get":            foreign("customers", getBoth),
	"a foreign part of a write transaction":   foreign("customers", writeBoth),
	"a foreign part of a read transaction":    foreign("customers", readBoth),
	"a scan, even filtered by its own tenant": {"customers", list, scan, none},
	"a query of a table that is not its own":  {"leads", list, queryOutreach, none},
	"a put on a table that it may only read":  {"customers", readOutreach, writeOutreach, none},
	"a foreign upload":                        foreign("imports", upload),
	"a foreign download":                      foreign("imports", download),
	"a foreign head":                          foreign("imports", head),
	"a foreign erasure":                       foreign("imports", erase),
	"a foreign list of objects":               foreign("imports", objects("/imports/")),
	"a list of the tenants' beginnings":       {"imports", objects("/"), objects(""), none},
	"a list of everything":                    {"imports", objects("/"), func(ctx context.Context, s store) error { return s.objects(ctx, "") }, none},
	"an upload where it may only download":    {"exports", download, upload, none},
}

func TestEachMistakeIsDeniedAndItsTwinPasses(t *testing.T) {
	for name, m := range mutations {
		t.Run(name, func(t *testing.T) {
			w := open(t)
			s := store{w.tenant(t, m.row), ours}
			if err := m.honest(t.Context(), s); err != nil {
				t.Fatalf("the honest twin: %v\n%v", err, w.Denied())
			}
			if got := w.up.reached(); got != 1 || len(w.Denied()) != 0 {
				t.Fatalf("the honest twin: %d calls reached the emulator, want 1; denied: %v", got, w.Denied())
			}
			if err := m.mistaken(t.Context(), s); !refused(err) {
				t.Errorf("the mistake: got %v, want access denied", err)
			}
			if got := w.up.reached(); got != 1 {
				t.Errorf("the mistake reached the emulator: %s", w.up.sent[1:])
			}
			if d := w.Denied(); len(d) != 1 || !strings.Contains(d[0].Why, m.why) || d[0].Tenant != ours || d[0].Action == "" {
				t.Errorf("records: got %v, want one for %q", d, m.why)
			}
		})
	}
}

// refused says whether AWS's SDK understood the answer as a denial. A HEAD has no body, and so no more than its status.
func refused(err error) bool {
	var api smithy.APIError
	var response *awshttp.ResponseError
	if errors.As(err, &api) && strings.HasPrefix(api.ErrorCode(), "AccessDenied") {
		return true
	}
	return errors.As(err, &response) && response.HTTPStatusCode() == http.StatusForbidden
}
