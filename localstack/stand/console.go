package stand

import (
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// console serves the built console: its files, and its one page for every other address, which the page's router understands.
func console(folder string) http.Handler {
	files := http.FileServer(http.Dir(folder))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if folder == "" {
			http.NotFound(w, r)
			return
		}
		name := path.Clean("/" + r.URL.Path)
		if info, err := os.Stat(filepath.Join(folder, filepath.FromSlash(name))); err == nil && !info.IsDir() {
			if strings.HasPrefix(name, "/assets/") { // named by their content
				w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			}
			files.ServeHTTP(w, r)
			return
		}
		if path.Ext(name) != "" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeFile(w, r, filepath.Join(folder, "index.html"))
	})
}
