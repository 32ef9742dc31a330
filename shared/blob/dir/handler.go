package dir

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/dangol/dangol/shared/blob"
)

// problem is a refusal as problem+json. Texts are English: the console words them by code.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Code   string `json:"code"`
}

var (
	forged    = problem{"about:blank", "Forbidden", 403, "This link was not made here, or was changed.", "link_invalid"}
	expired   = problem{"about:blank", "Forbidden", 403, "This link has expired. Ask for a new one.", "link_expired"}
	missing   = problem{"about:blank", "Not Found", 404, "There is no such file.", "not_found"}
	method    = problem{"about:blank", "Method Not Allowed", 405, "Links take GET for downloads and PUT for uploads.", "method_not_allowed"}
	tooLarge  = problem{"about:blank", "Content Too Large", 413, "The file is larger than this link takes.", "upload_too_large"}
	wrongType = problem{"about:blank", "Unsupported Media Type", 415, "The file is not of the type that this link takes.", "unsupported_media_type"}
	cutOff    = problem{"about:blank", "Bad Request", 400, "The upload ended early.", "upload_incomplete"}
	broken    = problem{"about:blank", "Internal Server Error", 500, "The file could not be read or kept.", "internal"}
)

func (p problem) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the caller has gone if this fails
}

// Handler serves the links of UploadURL and DownloadURL below BasePath.
func (d *Dir) Handler() http.Handler { return http.HandlerFunc(d.serve) }

func (d *Dir) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodPut {
		w.Header().Set("Allow", "GET, PUT")
		method.write(w)
		return
	}
	g, refused := d.grantOf(r)
	switch {
	case refused != nil:
	case r.Method == http.MethodPut:
		refused = d.upload(w, r, g)
	default:
		refused = d.download(w, r, g)
	}
	if refused != nil {
		refused.write(w)
	}
}

// upload stores the body. The type must be the granted one, letter for letter apart from case, as with S3's signed headers.
func (d *Dir) upload(w http.ResponseWriter, r *http.Request, g grant) *problem {
	contentType := r.Header.Get("Content-Type")
	if g.contentType != "" && !strings.EqualFold(strings.TrimSpace(contentType), g.contentType) {
		return &wrongType
	}
	if r.ContentLength > g.maxBytes {
		return &tooLarge // before the client sends it all
	}
	info, err := d.Put(r.Context(), g.key, http.MaxBytesReader(w, r.Body, g.maxBytes), blob.PutOptions{ContentType: contentType})
	if err != nil {
		return uploadProblem(err)
	}
	w.Header().Set("ETag", `"`+info.ETag+`"`)
	return nil
}

func uploadProblem(err error) *problem {
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return &tooLarge
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &cutOff
	}
	return &broken
}

// download serves the object with ranges and conditions. It is never shown in the page's own origin: an uploaded HTML file must not become script.
func (d *Dir) download(w http.ResponseWriter, r *http.Request, g grant) *problem {
	f, info, err := d.open(g.key)
	if errors.Is(err, blob.ErrNotFound) {
		return &missing
	}
	if err != nil {
		return &broken
	}
	defer func() { _ = f.Close() }() // read only
	h := w.Header()
	h.Set("Content-Disposition", blob.Disposition(g.fileName))
	h.Set("Content-Type", orBinary(info.ContentType))
	h.Set("ETag", `"`+info.ETag+`"`)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox")
	h.Set("Cache-Control", "private, no-store")
	http.ServeContent(w, r, "", info.Modified, io.NewSectionReader(f, 0, info.Size))
	return nil
}

func orBinary(contentType string) string {
	if contentType == "" {
		return "application/octet-stream"
	}
	return contentType
}
