package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/table"
)

// note is the record of the feature under test, with one field of each sort.
type note struct {
	ID      string         `json:"id,omitempty" readOnly:"true"`
	Title   string         `json:"title" minLength:"1" maxLength:"20"`
	Email   string         `json:"email,omitempty" format:"email"`
	Stars   int            `json:"stars,omitempty" minimum:"0" maximum:"5"`
	Colour  string         `json:"colour,omitempty" enum:"red,blue"`
	Day     string         `json:"day,omitempty" format:"date"`
	At      *time.Time     `json:"at,omitempty"`
	Tags    []string       `json:"tags,omitempty" maxItems:"3" uniqueItems:"true"`
	Price   *money.Money   `json:"price,omitempty"`
	Place   place          `json:"place,omitzero"`
	Links   []link         `json:"links,omitempty"`
	Custom  map[string]any `json:"custom,omitempty"`
	Version int64          `json:"-"`
}

type place struct {
	City    string `json:"city,omitempty" maxLength:"10"`
	Country string `json:"country,omitempty" pattern:"^[A-Z]{2}$"`
}

type link struct {
	URL string `json:"url" format:"uri"`
}

// notes is a feature as features are written.
type notes struct{ w *world }

func (f *notes) register(a *api.API) {
	read, write := "notes:read", "notes:write"
	api.Register(a, api.Operation{ID: "listNotes", Method: http.MethodGet, Path: "/v1/notes", Tag: "notes", Scope: read}, f.list)
	api.Register(a, api.Operation{ID: "listOtherNotes", Method: http.MethodGet, Path: "/v1/other-notes", Tag: "notes", Scope: read}, f.list)
	api.Register(a, api.Operation{ID: "createNote", Method: http.MethodPost, Path: "/v1/notes", Tag: "notes", Scope: write, Status: 201}, f.create)
	api.Register(a, api.Operation{ID: "createNotesOneByOne", Method: http.MethodPost, Path: "/v1/notes/batch", Tag: "notes", Scope: write}, f.batch)
	api.Register(a, api.Operation{ID: "createNoteKey", Method: http.MethodPost, Path: "/v1/notes/key", Tag: "notes", Scope: write, Status: 201, Secret: true}, f.create)
	api.Register(a, api.Operation{ID: "readNote", Method: http.MethodGet, Path: "/v1/notes/{id}", Tag: "notes", Scope: read, Statuses: []int{404}}, f.read)
	api.Register(a, api.Operation{ID: "changeNote", Method: http.MethodPatch, Path: "/v1/notes/{id}", Tag: "notes", Scope: write, Statuses: []int{404, 412}}, f.change)
	api.Register(a, api.Operation{ID: "deleteNote", Method: http.MethodDelete, Path: "/v1/notes/{id}", Tag: "notes", Scope: write, Owner: true, Statuses: []int{404, 412}}, f.remove)
	api.Register(a, api.Operation{ID: "failNote", Method: http.MethodPost, Path: "/v1/notes/fail", Tag: "notes", Scope: write}, f.fail)
	api.Register(a, api.Operation{ID: "greet", Method: http.MethodPost, Path: "/v1/greeting", Tag: "notes", Public: true, PerAddress: 3}, f.greet)
	api.Register(a, api.Operation{ID: "oldGreeting", Method: http.MethodGet, Path: "/v1/old-greeting", Tag: "notes", Public: true,
		Deprecated: time.Unix(1767225600, 0), Sunset: time.Unix(1798761600, 0)}, f.old)
	a.Handle("GET /v1/pixel/{token}", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/gif")
		fmt.Fprint(w, "GIF89a")
	}))
}

func (f *notes) key(ctx context.Context, id string) table.Key {
	return table.Key{PK: "t#" + api.From(ctx).Tenant + "#notes", SK: "n#" + id}
}

type listNotes struct {
	api.PageInput
	api.SortInput
	api.FilterInput
	api.FieldsInput
	api.ExpandInput
}

func (f *notes) list(ctx context.Context, in *listNotes) (*api.Page[note], error) {
	if _, err := in.Keys("-id", "id", "title"); err != nil {
		return nil, err
	}
	filter, err := in.Conditions("title", "stars")
	if err != nil {
		return nil, err
	}
	if _, err := in.Expanded("author"); err != nil {
		return nil, err
	}
	if err := in.Only(ctx, "title", "stars"); err != nil {
		return nil, err
	}
	q := table.Query{Table: table.CRM, PK: f.key(ctx, "").PK, Limit: in.Limit}.Prefix("n#")
	if _, err := api.OpenCursor(ctx, in.Cursor, &q.After, filter.String(), in.Sort); err != nil {
		return nil, err
	}
	page, err := f.w.tables.Query(ctx, q)
	if err != nil {
		return nil, err
	}
	var all []note
	for _, it := range page.Items {
		var n note
		if err := json.Unmarshal(it.Head, &n); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	if page.Next == nil {
		return api.NewPage(all, ""), nil
	}
	return api.NewPage(all, api.SealCursor(ctx, page.Next, filter.String(), in.Sort)), nil
}

type createNote struct {
	Body note
}

func (f *notes) create(ctx context.Context, in *createNote) (*api.Created[note], error) {
	f.w.runs.add()
	n := in.Body
	n.ID = fmt.Sprintf("%03d", f.w.runs.get())
	tx := &unit{t: f.w.tables}
	tx.put(f.key(ctx, n.ID), n)
	out := api.NewCreated("/v1/notes/"+n.ID, n, 1)
	return out, api.Commit(ctx, tx, 201, out)
}

type batchInput struct {
	Body struct {
		Titles []string `json:"titles" minItems:"1" maxItems:"5"`
	}
}

type batchOutput struct {
	Body struct {
		IDs []string `json:"ids"`
	}
}

// batch has no single transaction and so does not use Commit.
func (f *notes) batch(ctx context.Context, in *batchInput) (*batchOutput, error) {
	f.w.runs.add()
	out := &batchOutput{}
	for i, title := range in.Body.Titles {
		id := fmt.Sprintf("%03d-%d", f.w.runs.get(), i)
		tx := &unit{t: f.w.tables}
		tx.put(f.key(ctx, id), note{ID: id, Title: title})
		if err := tx.Commit(ctx); err != nil {
			return nil, err
		}
		out.Body.IDs = append(out.Body.IDs, id)
	}
	return out, nil
}

type ReadNote struct {
	ID string `path:"id"`
}

func (f *notes) read(ctx context.Context, in *ReadNote) (*api.Record[note], error) {
	n, err := f.load(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return api.NewRecord(*n, n.Version), nil
}

func (f *notes) load(ctx context.Context, id string) (*note, error) {
	it, err := f.w.tables.Get(ctx, table.CRM, f.key(ctx, id))
	if err != nil {
		return nil, err
	}
	if it == nil {
		return nil, errs.New(errs.NotFound, "not_found")
	}
	n := &note{Version: it.Version}
	return n, json.Unmarshal(it.Head, n)
}

type changeNote struct {
	ReadNote
	api.IfMatch
	Body api.Patch[note]
}

func (f *notes) change(ctx context.Context, in *changeNote) (*api.Record[note], error) {
	was, err := f.load(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Check(was.Version); err != nil {
		return nil, err
	}
	n, _, err := in.Body.Apply(*was)
	if err != nil {
		return nil, err
	}
	tx := &unit{t: f.w.tables}
	tx.put(f.key(ctx, in.ID), n)
	return api.NewRecord(n, was.Version+1), api.Commit(ctx, tx, 200, nil)
}

type removeNote struct {
	ReadNote
	api.IfMatch
}

func (f *notes) remove(ctx context.Context, in *removeNote) (*struct{}, error) {
	was, err := f.load(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Check(was.Version); err != nil {
		return nil, err
	}
	return nil, f.w.tables.Write(ctx, table.Op{Table: table.CRM, Kind: table.OpDelete, Item: table.Item{Key: f.key(ctx, in.ID)}})
}

type failInput struct {
	Body struct {
		How string `json:"how"`
	}
}

// fail goes wrong in the way that the caller asks for.
func (f *notes) fail(ctx context.Context, in *failInput) (*api.Record[note], error) {
	f.w.runs.add()
	failures := map[string]error{
		"internal":   errors.New("password of the database is hunter2"),
		"throttled":  fmt.Errorf("read note: %w", table.ErrThrottled),
		"condition":  &table.ConditionError{Failed: []int{0}, Labels: []string{"note"}},
		"limit":      &table.LimitError{What: "item of 500 KB"},
		"candidates": errs.New(errs.Conflict, "conflict").With("candidates", []string{"a", "b"}).With("code", "mine"),
		"unjson":     errs.New(errs.Conflict, "conflict").With("loop", func() {}),
		"later":      errs.New(errs.TooMany, "rate_limited").With("retryAfter", 30),
	}
	switch in.Body.How {
	case "panic":
		panic("secret of the panic")
	case "slow":
		<-ctx.Done()
		return nil, ctx.Err()
	case "interrupted":
		<-ctx.Done()
		return nil, errors.New("INTERRUPT Error: Interrupted!") // an engine that does not say why
	case "unencodable":
		return &api.Record[note]{Body: note{Custom: map[string]any{"f": func() {}}}}, nil
	case "after commit":
		tx := &unit{t: f.w.tables}
		tx.put(f.key(ctx, "after"), note{ID: "after", Title: "x"})
		return nil, errors.Join(api.Commit(ctx, tx, 200, api.NewRecord(note{ID: "after"}, 1)), errors.New("later step"))
	}
	return nil, failures[in.Body.How]
}

type greetInput struct {
	Body struct { // nothing in it is required: the body may be left out
		Name string `json:"name,omitempty" default:"you"`
	}
}

type greetOutput struct {
	Cookie []string `header:"Set-Cookie"`
	Body   struct {
		Text     string `json:"text"`
		Language string `json:"language"`
	}
}

func (f *notes) greet(ctx context.Context, in *greetInput) (*greetOutput, error) {
	out := &greetOutput{Cookie: []string{"a=1", "b=2"}}
	out.Body.Text, out.Body.Language = "hello "+in.Body.Name, api.Language(ctx)
	return out, nil
}

func (f *notes) old(context.Context, *struct{}) (*struct{}, error) { return nil, nil }

// unit is a transaction as store.Tx is.
type unit struct {
	t   table.Table
	ops []table.Op
}

func (u *unit) Append(ops ...table.Op) { u.ops = append(u.ops, ops...) }

func (u *unit) Commit(ctx context.Context) error { return u.t.Write(ctx, slices.Clone(u.ops)...) }

func (u *unit) put(k table.Key, n note) {
	head, err := json.Marshal(n)
	if err != nil {
		panic(err)
	}
	u.Append(table.Op{Table: table.CRM, Kind: table.OpPut, Item: table.Item{Key: k, Head: head}})
}
