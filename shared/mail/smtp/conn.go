package smtp

import (
	"bufio"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// conn is one connection. It belongs to one caller at a time.
type conn struct {
	net net.Conn
	r   *bufio.Reader
	out []byte // the commands of a group
	ext extensions
	o   Options

	usable    bool // nothing is half said on it
	reused    bool // it has carried a message before
	needReset bool // the server still holds an envelope that was refused
	idleSince time.Time
}

// extensions are what the server offered in its last EHLO.
type extensions struct{ pipelining, size, utf8, startTLS, authPlain bool }

// dial connects, greets, secures and logs in.
func dial(ctx context.Context, to server, o Options) (*conn, error) {
	ctx, cancel := context.WithTimeout(ctx, o.DialTimeout)
	defer cancel()
	n, err := (&net.Dialer{}).DialContext(ctx, "tcp", to.addr)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	c := &conn{o: o}
	c.use(n)
	c.usable = true
	stop := c.watch(ctx, o.DialTimeout)
	err = c.open(to)
	stop()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

func (c *conn) use(n net.Conn) { c.net, c.r = n, bufio.NewReaderSize(n, 1024) }

func (c *conn) open(to server) error {
	if to.implicitTLS {
		c.secure(to)
	}
	if _, err := c.expect(connecting, 220); err != nil {
		return err
	}
	if err := c.hello(); err != nil {
		return err
	}
	if c.ext.startTLS && !to.implicitTLS {
		if _, err := c.command(connecting, 220, "STARTTLS"); err != nil {
			return err
		}
		if c.r.Buffered() > 0 { // someone in between spoke before the encryption began
			return errors.New("the server sent text between STARTTLS and TLS")
		}
		c.secure(to)
		if err := c.hello(); err != nil {
			return err
		}
	}
	return c.login(to)
}

// secure puts TLS over the connection. The handshake takes place with the first read or write, under that deadline.
func (c *conn) secure(to server) {
	config := &tls.Config{}
	if c.o.TLS != nil {
		config = c.o.TLS.Clone()
	}
	config.ServerName = cmp.Or(config.ServerName, to.host)
	c.use(tls.Client(c.net, config))
}

func (c *conn) hello() error {
	r, err := c.command(connecting, 250, "EHLO "+cmp.Or(c.o.Domain, "localhost"))
	if err != nil {
		return err
	}
	c.ext = extensions{}
	for line := range strings.SplitSeq(r.text, "\n") {
		word, params, _ := strings.Cut(strings.ToUpper(line), " ")
		switch word {
		case "PIPELINING":
			c.ext.pipelining = true
		case "SIZE":
			c.ext.size = true
		case "SMTPUTF8":
			c.ext.utf8 = true
		case "STARTTLS":
			c.ext.startTLS = true
		case "AUTH":
			c.ext.authPlain = strings.Contains(" "+params+" ", " PLAIN ")
		}
	}
	return nil
}

// login says user and password, over TLS or to this machine only: anyone on the way could read them.
func (c *conn) login(to server) error {
	if to.user == "" {
		return nil
	}
	_, encrypted := c.net.(*tls.Conn)
	if !encrypted && !isLocal(c.net.RemoteAddr()) {
		return errors.New("the server offers no TLS, so the password is not sent")
	}
	if !c.ext.authPlain {
		return errors.New("the server does not offer AUTH PLAIN")
	}
	secret := base64.StdEncoding.EncodeToString([]byte("\x00" + to.user + "\x00" + to.password))
	_, err := c.command(connecting, 235, "AUTH PLAIN "+secret)
	return err
}

func isLocal(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// watch bounds everything until the returned function by d and by ctx. The socket's deadline is the machine's time, not the port's clock.
func (c *conn) watch(ctx context.Context, d time.Duration) (stop func()) {
	_ = c.net.SetDeadline(time.Now().Add(d)) // fails only on a closed connection, as the next call will
	unhook := context.AfterFunc(ctx, func() { _ = c.net.SetDeadline(time.Unix(1, 0)) })
	return func() {
		if !unhook() {
			c.usable = false // the hook may still be running, and would break the next message
		}
	}
}

func (c *conn) command(at stage, want int, line string) (reply, error) {
	if _, err := c.net.Write([]byte(line + "\r\n")); err != nil {
		return reply{}, c.lost(err, at)
	}
	return c.expect(at, want)
}

// expect reads a reply; one with another code than want is a *refusal.
func (c *conn) expect(at stage, want int) (reply, error) {
	r, err := readReply(c.r)
	if err != nil {
		return r, c.lost(err, at)
	}
	if r.code != want {
		return r, &refusal{at, r}
	}
	return r, nil
}

// lost marks the connection as gone.
func (c *conn) lost(err error, at stage) error {
	c.usable = false
	return &lostError{err: err, reused: c.reused, afterDot: at == answering}
}

// close drops the connection; quit says good-bye first but does not wait for the answer.
func (c *conn) close() { _ = c.net.Close() } // nothing is left to be told

func (c *conn) quit() {
	_ = c.net.SetDeadline(time.Now().Add(time.Second))
	_, _ = c.net.Write([]byte("QUIT\r\n")) // a courtesy
	c.close()
}
