//go:build cgo

package exportwork_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/lake/part"
)

func (s *shop) object(key string) []byte {
	s.Helper()
	r, _, err := s.files.Blob.Get(s.Context(), key, 0, -1)
	s.must(err)
	defer func() { _ = r.Close() }()
	b, err := io.ReadAll(r)
	s.must(err)
	return b
}

// TestEveryFormatHasItsManifest: what it says of the file is so, and the file has the members.
func TestEveryFormatHasItsManifest(t *testing.T) {
	for format, names := range map[export.Format]func(*testing.T, []byte) string{
		export.CSV: func(_ *testing.T, b []byte) string { return string(b) }, export.XLSX: sheet, export.Parquet: parts,
	} {
		t.Run(string(format), func(t *testing.T) {
			s := open(t, "단골", customer.Fields{Name: "=김하나", BirthDate: "1988-02-29", Tags: []string{"vip"}, Custom: map[string]any{"size": 4.5}}, customer.Fields{Name: "이둘"})
			if j := s.Finish(t, s.Tenant, s.startAs(format), s.worker.Handle); j.Status != job.Succeeded || j.Total != 2 || j.Done != 2 {
				t.Fatalf("got %s, %d of %d", j.Status, j.Done, j.Total)
			}
			e := s.exports()[0]
			file := s.object(s.ExportKey(e))
			var m export.Manifest
			s.must(json.Unmarshal(s.object(s.ExportManifestKey(e)), &m))
			sum := sha256.Sum256(file)
			if m.SHA256 != hex.EncodeToString(sum[:]) || m.Bytes != int64(len(file)) || m.Rows != 2 || m.SegmentVersion != 1 || m.Format != format || len(m.Columns) < 10 {
				t.Errorf("got %+v of %d bytes", m, len(file))
			}
			text := names(t, file)
			for _, name := range []string{"김하나", "이둘", "1988-02-29", "vip"} {
				if !strings.Contains(text, name) {
					t.Errorf("%s is not in the file:\n%s", name, text)
				}
			}
		})
	}
}

// TestAmountsAreNumbersBesideTheirCurrency, in every format: of a field of money that nobody has there is an empty pair.
func TestAmountsAreNumbersBesideTheirCurrency(t *testing.T) {
	amount := func(text, code string) map[string]any {
		return map[string]any{"deposit": map[string]any{"amount": text, "currency": code}}
	}
	for format, want := range map[export.Format][]string{
		export.CSV:     {"예치금 (금액),예치금 (통화),회비 (금액),회비 (통화)", "-1200.5,KRW,,", "7.25,USD,,", ",,,"},
		export.XLSX:    {`s="0"><v>-1200.5</v></c>`, `<t xml:space="preserve">KRW</t>`, `s="0"><v>7.25</v></c>`, `<t xml:space="preserve">USD</t>`, `<t xml:space="preserve">회비 (통화)</t>`},
		export.Parquet: {`{"Column":"custom.deposit.amount","Value":"-1200.5"},{"Column":"custom.deposit.currency","Value":"KRW"}`, `"Value":"7.25"},{"Column":"custom.deposit.currency","Value":"USD"}`},
	} {
		t.Run(string(format), func(t *testing.T) {
			s := open(t, "단골", customer.Fields{Name: "김하나", Custom: amount("-1200.5", "KRW")}, customer.Fields{Name: "이둘", Custom: amount("7.25", "USD")}, customer.Fields{Name: "박셋"})
			set, err := s.CustomFields(t.Context())
			s.must(err)
			for key, label := range map[string]string{"deposit": "예치금", "fee": "회비"} {
				set.Fields = append(set.Fields, customfield.Field{Key: key, Type: customfield.Money, Currency: "KRW", Label: customfield.Label{Korean: label}})
			}
			slices.SortFunc(set.Fields, func(a, b customfield.Field) int { return strings.Compare(a.Key, b.Key) })
			tx := s.Begin()
			tx.SaveCustomFields(set, nil)
			s.must(tx.Commit(t.Context()))
			s.Finish(t, s.Tenant, s.startAs(format), s.worker.Handle)
			e := s.exports()[0]
			text := map[export.Format]func(*testing.T, []byte) string{export.CSV: func(_ *testing.T, b []byte) string { return string(b) }, export.XLSX: sheet, export.Parquet: parts}[format](t, s.object(s.ExportKey(e)))
			for _, w := range want {
				if !strings.Contains(text, w) {
					t.Errorf("%s is not in the file:\n%s", w, text)
				}
			}
		})
	}
}

// sheet is the XML of the first sheet.
func sheet(t *testing.T, b []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(f)
	if err != nil || strings.Contains(string(text), "<f>") {
		t.Errorf("a formula, or %v", err)
	}
	return string(text)
}

// parts are the rows of a Parquet file of customers, as JSON.
func parts(t *testing.T, b []byte) string {
	t.Helper()
	return partsOf(t, b, "customers")
}

func partsOf(t *testing.T, b []byte, subject string) (out string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.parquet")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := part.Open(path, subject)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	for {
		row, err := r.Next()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		text, _ := json.Marshal(row.Cells)
		out += string(text)
		if row.ID == "" || row.Version != 1 || strings.Contains(string(text), "size") && row.Value("custom.size") != 4.5 {
			t.Errorf("got %+v", row)
		}
	}
}
