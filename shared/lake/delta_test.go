package lake_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake"
)

// objects is an object store in a folder that goes with the test.
func objects(t testing.TB) blob.Blob {
	t.Helper()
	d, err := dir.New(t.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// unpacked reads an object that is compressed.
func unpacked(t testing.TB, b blob.Blob, key string) string {
	t.Helper()
	r, _, err := b.Get(t.Context(), key, 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	z, err := zstd.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var tick = []lake.Row{
	{Subject: "customers", ID: kim, Version: 3, At: noon, Cells: []lake.Cell{{"name", "김 \"단골\" <1>"}, {"birthDate", "1988-02-29"}, {"tags", []string{"vip", "책"}},
		{"sample", false}, {"createdAt", noon}, {"custom.size", 42.5}, {"custom.credit.amount", lake.Units(-125000)}}},
	{Subject: "scores", ID: kim, Version: 1, At: noon.Add(-time.Hour), Cells: []lake.Cell{{"rfm.r", int64(5)}}},
	{Subject: "orders", ID: ord, Version: 2, At: noon, Gone: true, Cells: []lake.Cell{{"customerId", kim}, {"orderedAt", noon}}},
}

func TestADeltaIsLinesOfJSONUnderANameOfItsContent(t *testing.T) {
	b := objects(t)
	key, err := lake.WriteDelta(t.Context(), b, tenant, tick)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"s":"customers","v":3,"at":"2026-03-02T12:00:00.000Z","id":"` + kim + `","row":{"name":"김 \"단골\" \u003c1\u003e","birthDate":"1988-02-29","tags":["vip","책"],` +
		`"sample":false,"createdAt":"2026-03-02T12:00:00.000Z","custom.size":42.5,"custom.credit.amount":"-12.5"}}
{"s":"scores","v":1,"at":"2026-03-02T11:00:00.000Z","id":"` + kim + `","row":{"rfm.r":5}}
{"s":"orders","v":2,"at":"2026-03-02T12:00:00.000Z","gone":true,"id":"` + ord + `","row":{"customerId":"` + kim + `","orderedAt":"2026-03-02T12:00:00.000Z"}}
`
	if got := unpacked(t, b, key); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !strings.HasPrefix(key, "t/"+tenant+"/lake/delta/20260302T110000.000Z-") {
		t.Errorf("got the key %s", key)
	}
	again, err := lake.WriteDelta(t.Context(), b, tenant, tick)
	if err != nil || again != key {
		t.Errorf("the same rows again: %q, %v", again, err)
	}
	less, err := lake.WriteDelta(t.Context(), b, tenant, tick[:2])
	if err != nil || less == key {
		t.Errorf("other rows: %q, %v", less, err)
	}
	if key, err := lake.WriteDelta(t.Context(), b, other, nil); key != "" || err != nil {
		t.Errorf("no rows: %q, %v", key, err)
	}
	all, err := lake.Deltas(t.Context(), b, tenant)
	if err != nil || len(all) != 2 {
		t.Fatalf("got %v, %v", all, err)
	}
	if none, err := lake.Deltas(t.Context(), b, other); len(none) > 0 || err != nil {
		t.Errorf("another tenant's: %v, %v", none, err)
	}
	m := lake.Manifest{Folded: []string{key}}
	if got := m.Unfolded(all); !slices.Equal(got, []string{less}) {
		t.Errorf("unfolded: got %q, want %q", got, less)
	}
}

func TestAmountsAreWrittenExactly(t *testing.T) {
	for units, want := range map[lake.Units]string{0: "0", 1: "0.0001", -1: "-0.0001", 10000: "1", 125000: "12.5", -120001: "-12.0001", 9_999_999_999_999_999: "999999999999.9999",
		-1 << 63: "-922337203685477.5808"} {
		if got := units.String(); got != want {
			t.Errorf("%d: got %s, want %s", int64(units), got, want)
		}
	}
}

// The manifest is replaced by whoever read the present one; the other is told, and starts again.
func TestOneOfTwoWritersReplacesTheManifest(t *testing.T) {
	b := objects(t)
	empty, mark, err := lake.Read(t.Context(), b, tenant)
	if err != nil || mark != "" || empty.Version != 0 || len(empty.Subjects) > 0 {
		t.Fatalf("an empty lake: %+v, %q, %v", empty, mark, err)
	}
	part := lake.Part{Key: "t/" + tenant + "/lake/customers/all/1.parquet", Hash: "1", Rows: 2, Bytes: 3, First: "a", Last: "b"}
	first := lake.Manifest{Version: 1, Subjects: map[string][]lake.Part{"customers": {part}}, Folded: []string{"d"}, Through: noon}
	if err := lake.Swap(t.Context(), b, tenant, mark, first); err != nil {
		t.Fatal(err)
	}
	if err := lake.Swap(t.Context(), b, tenant, mark, lake.Manifest{Version: 1}); !errors.Is(err, lake.ErrOvertaken) {
		t.Errorf("a second first one: got %v", err)
	}
	got, mark, err := lake.Read(t.Context(), b, tenant)
	if err != nil || got.Version != 1 || !slices.Equal(got.Subjects["customers"], first.Subjects["customers"]) || !got.Through.Equal(noon) || !slices.Equal(got.Folded, first.Folded) {
		t.Errorf("got %+v, %v", got, err)
	}
	got.Version++
	if err := lake.Swap(t.Context(), b, tenant, mark, got); err != nil {
		t.Error(err)
	}
	if err := lake.Swap(t.Context(), b, tenant, mark, got); !errors.Is(err, lake.ErrOvertaken) {
		t.Errorf("from an old mark: got %v", err)
	}
	if there, _, err := lake.Read(t.Context(), b, other); there.Version != 0 || err != nil {
		t.Errorf("another tenant's lake: %+v, %v", there, err)
	}
}
