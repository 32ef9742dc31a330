package blobtest

import (
	"cmp"
	"io"
	"mime"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
)

var linkScenarios = []scenario{
	{"an upload link takes a file and a download link gives it with its name", func(t *testing.T, w *world) {
		for _, p := range w.tenants {
			up := w.uploadURL(t, p+"고객 1.csv", blob.Upload{ContentType: "text/csv", MaxBytes: 100, Expires: time.Hour})
			if status := send(t, up, "text/csv", "이름\n"+p); status != http.StatusOK {
				t.Errorf("upload: %d, want 200", status)
			}
			w.wantText(t, p+"고객 1.csv", "이름\n"+p)
			wantDownload(t, w.downloadURL(t, p+"고객 1.csv", "고객 목록.csv"), "이름\n"+p, "고객 목록.csv")
		}
	}},
	{"an upload of another type is refused", func(t *testing.T, w *world) {
		key := w.tenants[0] + "a.csv"
		up := w.uploadURL(t, key, blob.Upload{ContentType: "text/csv", MaxBytes: 100, Expires: time.Hour})
		w.wantRefused(t, key, send(t, up, "text/html", "<script>"))
	}},
	{"an upload that is too large is refused", func(t *testing.T, w *world) {
		key := w.tenants[0] + "a.csv"
		up := w.uploadURL(t, key, blob.Upload{MaxBytes: 100, Expires: time.Hour})
		w.wantRefused(t, key, send(t, up, "text/csv", string(noise(101))))
	}},
	{"a link that ran out is refused", func(t *testing.T, w *world) {
		key := w.tenants[0] + "a.csv"
		life := cmp.Or(w.LinkLife, time.Minute)
		up := w.uploadURL(t, key, blob.Upload{MaxBytes: 100, Expires: life})
		w.Advance(2 * life)
		w.wantRefused(t, key, send(t, up, "text/csv", "late"))
	}},
	{"a link turned to another tenant is refused", func(t *testing.T, w *world) {
		mine, theirs := w.tenants[0], w.tenants[1]
		w.put(t, theirs+"a.csv", "theirs")
		up := w.uploadURL(t, mine+"a.csv", blob.Upload{MaxBytes: 100, Expires: time.Hour})
		if status := send(t, turned(up, mine, theirs), "text/csv", "mine"); status < 400 {
			t.Errorf("upload: %d, want a refusal", status)
		}
		if res, _ := fetch(t, turned(w.downloadURL(t, mine+"a.csv", "a.csv"), mine, theirs)); res.StatusCode < 400 {
			t.Errorf("download: %d, want a refusal", res.StatusCode)
		}
		w.wantText(t, theirs+"a.csv", "theirs")
	}},
	{"an upload link does not read and a download link does not write", func(t *testing.T, w *world) {
		key := w.tenants[0] + "a.csv"
		w.put(t, key, "kept")
		up := w.uploadURL(t, key, blob.Upload{MaxBytes: 100, Expires: time.Hour})
		if res, _ := fetch(t, up); res.StatusCode < 400 {
			t.Errorf("reading an upload link: %d, want a refusal", res.StatusCode)
		}
		if status := send(t, w.downloadURL(t, key, "a.csv"), "text/csv", "new"); status < 400 {
			t.Errorf("writing a download link: %d, want a refusal", status)
		}
		w.wantText(t, key, "kept")
	}},
	{"a download link of nothing is not found", func(t *testing.T, w *world) {
		if res, _ := fetch(t, w.downloadURL(t, w.tenants[0]+"none", "a.csv")); res.StatusCode != http.StatusNotFound {
			t.Errorf("download: %d, want 404", res.StatusCode)
		}
	}},
}

func turned(link, from, to string) string { return strings.Replace(link, from, to, 1) }

func (w *world) uploadURL(t *testing.T, key string, u blob.Upload) string {
	t.Helper()
	link, err := w.Blob.UploadURL(t.Context(), key, u)
	if err != nil {
		t.Fatal(err)
	}
	return link
}

func (w *world) downloadURL(t *testing.T, key, name string) string {
	t.Helper()
	link, err := w.Blob.DownloadURL(t.Context(), key, name, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return link
}

// wantRefused asserts that an upload was refused and left nothing behind.
func (w *world) wantRefused(t *testing.T, key string, status int) {
	t.Helper()
	if status < 400 || status >= 500 {
		t.Errorf("upload: %d, want a refusal", status)
	}
	w.wantMissing(t, key)
}

func send(t *testing.T, link, contentType, body string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, link, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	res, _ := do(t, req)
	return res.StatusCode
}

func fetch(t *testing.T, link string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, link, nil)
	if err != nil {
		t.Fatal(err)
	}
	return do(t, req)
}

func do(t *testing.T, req *http.Request) (*http.Response, string) {
	t.Helper()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close() // read to its end
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func wantDownload(t *testing.T, link, text, name string) {
	t.Helper()
	res, body := fetch(t, link)
	kind, params, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
	if res.StatusCode != http.StatusOK || body != text || err != nil || kind != "attachment" || params["filename"] != name {
		t.Errorf("download: %d %q as %s %q, %v; want %q as attachment %q", res.StatusCode, body, kind, params["filename"], err, text, name)
	}
}
