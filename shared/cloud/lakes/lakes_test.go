package lakes

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Emulators of AWS run functions side by side on one disk, and the runner empties its folder: none may get another's.
func TestAFolderIsHeldUntilItsProcessEnds(t *testing.T) {
	if dir := os.Getenv("HOLD_A_FOLDER_OF"); dir != "" { // the other process
		if own, err := folder(dir); err != nil || filepath.Base(own) != "1" {
			t.Fatalf("got %s, %v", own, err)
		}
		return
	}
	dir := t.TempDir()
	first, err := folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time the first one's folder is free again
		other := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
		other.Env = append(os.Environ(), "HOLD_A_FOLDER_OF="+dir)
		if out, err := other.CombinedOutput(); err != nil {
			t.Fatalf("the other process: %v\n%s", err, out)
		}
	}
	if second, err := folder(dir); err != nil || second == first {
		t.Errorf("got %s, %v beside %s", second, err, first)
	}
}
