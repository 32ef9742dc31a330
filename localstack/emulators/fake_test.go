package emulators

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary stand in for an emulator: started with FAKE it behaves as that says.
func TestMain(m *testing.M) {
	behaviour, ok := fakes[os.Getenv("FAKE")]
	if !ok {
		os.Exit(m.Run())
	}
	port := os.Getenv("FAKE_PORT")
	fmt.Println("fake emulator on port", port)
	behaviour("127.0.0.1:" + port)
}

var fakes = map[string]func(address string){
	"answers": func(address string) { serve(address, 0, http.StatusOK) },
	"answers late": func(address string) {
		serve(address, 300*time.Millisecond, http.StatusOK)
	},
	"is never ready": func(address string) { serve(address, 0, http.StatusServiceUnavailable) },
	"dies at once": func(string) {
		for i := range 50 {
			fmt.Println("line", i)
		}
		fmt.Println("no module named emulator")
		os.Exit(3)
	},
	"dies soon": func(address string) {
		go func() { time.Sleep(500 * time.Millisecond); fmt.Println("out of memory"); os.Exit(3) }()
		serve(address, 0, http.StatusOK)
	},
	"ignores that it should end, and so does its child": func(string) {
		signal.Ignore(syscall.SIGTERM)
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), "FAKE=answers")
		fmt.Println(child.Run())
	},
}

func serve(address string, after time.Duration, status int) {
	time.Sleep(after)
	fmt.Println(http.ListenAndServe(address, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprintln(w, "this is what it says")
	})))
}

// fake is an emulator that behaves in a way of fakes. It tells its port to the test.
func fake(t *testing.T, behaviour string) (e Emulator, port func() string) {
	t.Helper()
	told := filepath.Join(t.TempDir(), "port")
	return Emulator{
		Name:     "fake",
		Variable: "FAKE_URL",
		WholeAWS: true,
		Ready:    Probe{Method: "GET", Path: "/"},
		Launch: func(at Place) Launch {
			if err := os.WriteFile(told, []byte(strconv.Itoa(at.Port)), 0o600); err != nil {
				t.Error(err)
			}
			return Launch{Args: []string{os.Args[0]}, Dir: at.Scratch, Env: []string{"FAKE=" + behaviour, "FAKE_PORT=" + strconv.Itoa(at.Port)}}
		},
	}, func() string { text, _ := os.ReadFile(told); return string(text) }
}
