package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/operator"
	"github.com/dangol/dangol/shared/cloud/operator/stagetest"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
)

const (
	hana = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	duri = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3R"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newStage is a deployed stage with a few items of two workspaces in each table.
func newStage(t *testing.T) *stagetest.Stage {
	t.Helper()
	s := stagetest.New(t)
	s.CreateTables()
	var items []raw.Item
	for n := range 30 {
		items = append(items, item(hana, n, "first"), item(duri, n, "first"))
	}
	for _, name := range table.Names() {
		must(t, s.Tables(0).Put(t.Context(), s.TableName(name), items...))
	}
	return s
}

func item(tenant string, n int, head string) raw.Item {
	return raw.Texts(table.AttrPK, fmt.Sprintf("t#%s#x#%d", tenant, n), table.AttrSK, "x", table.AttrHead, head)
}

// rehearse is the command on the stage.
func rehearse(t *testing.T, s *stagetest.Stage, args ...string) (string, error) {
	t.Helper()
	var out strings.Builder
	err := run(t.Context(), append([]string{"-stage", s.Stage, "-rcu", "0"}, args...), clock.System{}, &out, io.Discard)
	return out.String(), err
}

// copies are the copies that are there.
func copies(t *testing.T, s *stagetest.Stage) (there []string) {
	t.Helper()
	for _, name := range table.Names() {
		status, err := s.Tables(0).Status(t.Context(), s.TableName(name)+suffix)
		must(t, err)
		if status != "" {
			there = append(there, string(name))
		}
	}
	return there
}

// The emulators cannot restore and say so; everything around it is rehearsed on them.
func TestARehearsalWhereNothingCanBeRestored(t *testing.T) {
	s := newStage(t)
	if out, err := rehearse(t, s); err != nil || !strings.Contains(out, "would restore "+s.TableName(table.CRM)+" to "+s.TableName(table.CRM)+suffix) || copies(t, s) != nil {
		t.Errorf("a dry run said %s, %v, and made %v", out, err, copies(t, s))
	}
	out, err := rehearse(t, s, "-yes", "-sample", "10", "-drift", "0")
	if err != nil {
		t.Fatal(out, err)
	}
	for _, name := range table.Names() {
		for _, want := range []string{
			fmt.Sprintf("%-8s  REFUSED here: RestoreTableToPointInTime", name), fmt.Sprintf("%-8s  copied in 0.", name),
			fmt.Sprintf("%-8s  60 items restored, 60 live; of a sample of 10: 10 the same, 0 changed since, 0 gone since", name),
		} {
			if !strings.Contains(out, want) {
				t.Errorf("said %s\nwant %q", out, want)
			}
		}
	}
	if left := copies(t, s); left != nil {
		t.Errorf("copies are left: %v", left)
	}
}

// What became of the live table after the restore is told apart from what was restored wrongly, by how much it is.
func TestADifferenceIsFoundAndCopiesStayWhenAsked(t *testing.T) {
	s := newStage(t)
	if out, err := rehearse(t, s, "-yes", "-keep"); err != nil || len(copies(t, s)) != 4 {
		t.Fatal(out, err)
	}
	if _, err := rehearse(t, s, "-yes"); err == nil || !strings.Contains(err.Error(), "left by another run: -clean deletes it") {
		t.Errorf("a second run: %v", err)
	}
	crm := s.TableName(table.CRM)
	for n := range 6 {
		must(t, s.Tables(0).Put(t.Context(), crm, item(hana, n, "second")))
		must(t, s.Tables(0).Delete(t.Context(), crm, item(duri, n, "").Key()))
	}
	var out strings.Builder
	r := &rehearsal{order: order{sample: 100, drift: 5}, place: s.Place, tables: s.Tables(0), clock: clock.System{}, out: &out}
	err := r.compare(t.Context(), table.CRM)
	if err == nil || !strings.Contains(err.Error(), "60 items were restored, 54 are live") || !strings.Contains(err.Error(), "12 of 60 items of the sample differ") {
		t.Errorf("said %s, %v", out.String(), err)
	}
	if r.drift = 20; r.compare(t.Context(), table.CRM) != nil {
		t.Error("a drift that was allowed is a failure")
	}
	if out, err := rehearse(t, s, "-clean"); err != nil || copies(t, s) != nil {
		t.Errorf("said %s, %v; left %v", out, err, copies(t, s))
	}
	if status, err := s.Tables(0).Status(t.Context(), crm); status != "ACTIVE" || err != nil {
		t.Errorf("the live table is %q, %v", status, err)
	}
}

// restorer answers as DynamoDB does where it can restore: a copy is being made for three looks, and then holds what the live table held.
type restorer struct {
	mu     sync.Mutex
	looks  map[string]int
	calls  []string
	broken string // the table whose restore is refused
}

func (d *restorer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var in struct {
		TableName, SourceTableName, TargetTableName string
		RestoreDateTime                             float64
	}
	_ = json.Unmarshal(body, &in)
	d.mu.Lock()
	defer d.mu.Unlock()
	_, call, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	refuse := func(code string) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"__type":"com.amazonaws.dynamodb.v20120810#%s","message":"no"}`, code)
	}
	switch looks, made := d.looks[in.TableName]; {
	case call == "RestoreTableToPointInTime" && strings.HasSuffix(in.SourceTableName, d.broken):
		refuse("PointInTimeRecoveryUnavailableException")
	case call == "RestoreTableToPointInTime":
		d.looks[in.TargetTableName] = 3
		d.calls = append(d.calls, fmt.Sprintf("%s to %s at %.0f", in.SourceTableName, in.TargetTableName, in.RestoreDateTime))
		fmt.Fprint(w, `{"TableDescription":{"TableStatus":"CREATING"}}`)
	case call == "DescribeTable" && strings.HasSuffix(in.TableName, suffix) && !made:
		refuse("ResourceNotFoundException")
	case call == "DescribeTable" && looks > 0:
		d.looks[in.TableName]--
		fmt.Fprint(w, `{"Table":{"TableStatus":"CREATING"}}`)
	case call == "DescribeTable":
		fmt.Fprint(w, `{"Table":{"TableStatus":"ACTIVE"}}`)
	case call == "DeleteTable":
		delete(d.looks, in.TableName)
		d.calls = append(d.calls, "delete "+in.TableName)
		fmt.Fprint(w, `{}`)
	case call == "Scan":
		fmt.Fprint(w, `{"Items":[{"PK":{"S":"p"},"SK":{"S":"s"}}]}`)
	case call == "GetItem":
		fmt.Fprint(w, `{"Item":{"PK":{"S":"p"},"SK":{"S":"s"}}}`)
	default:
		refuse("UnknownOperationException")
	}
}

// nine is when the rehearsal on the twin begins.
var nine = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// onTwin is a rehearsal over the restorer.
func onTwin(t *testing.T, d *restorer, args ...string) (string, error) {
	t.Helper()
	server := httptest.NewServer(d)
	t.Cleanup(server.Close)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": server.URL, "AWS_ENDPOINT_URL_DYNAMODB": server.URL, "AWS_REGION": "ap-northeast-2", "AWS_ACCESS_KEY_ID": "twin",
		"AWS_SECRET_ACCESS_KEY": "twin", "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_PROFILE": "",
	} {
		t.Setenv(name, value)
	}
	d.looks = map[string]int{}
	place, err := operator.Open(t.Context(), "test", "", "")
	must(t, err)
	o, err := parse(append([]string{"-stage", "test"}, args...), io.Discard)
	must(t, err)
	var out strings.Builder
	r := &rehearsal{order: o, place: place, tables: place.Tables(0), clock: clock.System{}, every: time.Millisecond, at: nine.Add(-o.ago), out: &out}
	err = r.run(t.Context())
	return out.String(), err
}

func TestAllTablesAreRestoredToTheSameSecond(t *testing.T) {
	d := &restorer{broken: "none"}
	out, err := onTwin(t, d, "-yes", "-ago", "1h")
	if err != nil {
		t.Fatal(out, err)
	}
	slices.Sort(d.calls)
	var want []string
	for _, name := range table.Names() {
		live := "dangol-test-" + string(name)
		want = append(want, "delete "+live+suffix, fmt.Sprintf("%s to %s%s at %d", live, live, suffix, nine.Add(-time.Hour).Unix()))
	}
	slices.Sort(want)
	if !slices.Equal(d.calls, want) {
		t.Errorf("got %q\nwant %q", d.calls, want)
	}
	if !strings.Contains(out, "crm       restored in ") || strings.Contains(out, "REFUSED") || !strings.Contains(out, "all tables restored after ") {
		t.Errorf("said %s", out)
	}
}

// On AWS a restore that is refused is a failure, never a reason to fill the copy in another way; the other copies are deleted all the same.
func TestARefusalByDynamoDBIsAFailure(t *testing.T) {
	d := &restorer{broken: "outreach"}
	out, err := onTwin(t, d, "-yes")
	if err == nil || !strings.Contains(err.Error(), "PointInTimeRecoveryUnavailableException") || strings.Contains(out, "copied") {
		t.Errorf("said %s, %v", out, err)
	}
	deleted := 0
	for _, c := range d.calls {
		if strings.HasPrefix(c, "delete ") {
			deleted++
		}
	}
	if deleted != 3 {
		t.Errorf("%d copies were deleted, want 3: %q", deleted, d.calls)
	}
}

func TestASampleIsTheSameInEveryOrder(t *testing.T) {
	keys := func(order []int) (names []string) {
		s := &sample{most: 5}
		for _, n := range order {
			s.add(item(hana, n, ""))
		}
		for _, it := range s.items() {
			names = append(names, it.Key().PK)
		}
		return names
	}
	var up, down []int
	for n := range 50 {
		up, down = append(up, n), append([]int{n}, down...)
	}
	if a, b := keys(up), keys(down); len(a) != 5 || !slices.Equal(a, b) {
		t.Errorf("got %v and %v", a, b)
	}
}

func TestWhatIsTooMuchDrift(t *testing.T) {
	for name, c := range map[string]struct {
		f    findings
		good bool
	}{
		"nothing differs":                 {findings{100, 100, 10, 0, 0}, true},
		"an empty table":                  {findings{}, true},
		"some were written since":         {findings{96, 100, 10, 0, 0}, true},
		"many are missing":                {findings{94, 100, 10, 0, 0}, false},
		"many are too many":               {findings{106, 100, 10, 0, 0}, false},
		"nothing was restored":            {findings{0, 100, 0, 0, 0}, false},
		"the right number of wrong items": {findings{100, 100, 8, 1, 1}, false},
	} {
		if err := c.f.judge(5); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatCannotBeMeantIsRefused(t *testing.T) {
	for args, wanted := range map[string]string{
		"-ago 1m":     "-ago is 1m0s, want 5m0s to 840h0m0s",
		"-ago 1000h":  "want 5m0s",
		"-sample 0":   "-sample is 1 or more",
		"-clean -yes": "-clean goes alone",
		"now":         `unexpected "now"`,
	} {
		if _, err := parse(strings.Fields(args), io.Discard); err == nil || !strings.Contains(err.Error(), wanted) {
			t.Errorf("%q: %v, want %s", args, err, wanted)
		}
	}
	if err := run(t.Context(), []string{"-help"}, clock.System{}, io.Discard, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("help: %v", err)
	}
}
