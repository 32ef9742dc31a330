package importwork_test

import (
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/failedrows"
)

// failedFile is the file of failed rows that its owner downloads.
func (d *desk) failedFile(im *imports.Import) string {
	d.Helper()
	var b strings.Builder
	rows, err := importplan.NewFailedRows(&b, im.Header)
	d.must(err)
	d.must(failedrows.Each(d.Context(), d.files, d.ImportKey(im.ID, imports.FailedParts+"/"), func(r imports.FailedRow) error {
		return rows.Write(r.Cells, r.Problems[0].Code)
	}))
	d.must(rows.Flush())
	return b.String()
}

// What failed comes out as a file; mended, it comes in, and failing once more it comes out the same.
func TestFailedRowsComeInAgain(t *testing.T) {
	d := open(t)
	d.add(customer.Fields{ExternalID: "Z", Name: "정다섯", Email: "held@shop.kr"})
	im := d.bring(imports.Customers, "id,name,email,birthday\nA,=SUM(1),a@,\nB,\"이, 새\n벽\",,1988-02-30\nC,박셋,held@shop.kr,\nD,최넷,,\n")
	file := d.failedFile(im)
	again := d.bring(imports.Customers, strings.TrimPrefix(file, "\uFEFF"))
	if got, want := d.books(again), "partlyFailed: read 3 = created 0 + updated 0 + skipped 0 + failed 3"; got != want {
		t.Errorf("as it is: got %s, want %s", got, want)
	}
	if got := d.failedFile(again); got != file {
		t.Errorf("as it is, failed again: got %q, want %q", got, file)
	}
	mended := strings.NewReplacer("a@,", "a@shop.kr,", "02-30", "02-29", "held@", "free@").Replace(file)
	if got, want := d.books(d.bring(imports.Customers, mended)), "succeeded: read 3 = created 3 + updated 0 + skipped 0 + failed 0"; got != want {
		t.Errorf("mended: got %s, want %s", got, want)
	}
	same(t, "people", records(d.people()), []string{"A|=SUM(1)|a@shop.kr||", "B|이, 새 벽|||", "C|박셋|free@shop.kr||", "D|최넷|||", "Z|정다섯|held@shop.kr||"})
}
