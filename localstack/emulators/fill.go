package emulators

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// shim is the file, in a Python part, that keeps its program to the loopback address and to the life of its parent.
const shim = "loopback.py"

// fillPython makes a virtual environment with what a requirements file pins.
func fillPython(pins string) func(context.Context, installation) error {
	return func(ctx context.Context, in installation) error {
		if err := in.write("requirements.txt", pins); err != nil {
			return err
		}
		if err := in.write(shim, shimPython); err != nil {
			return err
		}
		if err := in.do(ctx, python.Name, "-m", "venv", "."); err != nil {
			return err
		}
		return in.fetch(ctx, filepath.Join(in.dir, "bin", "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", "requirements.txt")
	}
}

// jars is the folder, in the DynamoDB part, of all that it runs on; LocalStack gives it this name.
const jars = "DynamoDBLocal_lib"

// fillDynamodb makes the folder that LocalStack would download: the jars of DynamoDB Local, one that names them all, and an agent.
func fillDynamodb(ctx context.Context, in installation) error {
	if err := in.write("pom.xml", dynamodbPins); err != nil {
		return err
	}
	libs := filepath.Join(in.dir, jars)
	if err := in.fetch(ctx, maven.Name, "--quiet", "--batch-mode", copyDependencies, "-DincludeScope=runtime", "-DoutputDirectory="+libs); err != nil {
		return err
	}
	if err := fillAgent(ctx, in); err != nil {
		return err
	}
	all, err := classPath(libs)
	if err != nil {
		return err
	}
	main := manifest("Main-Class: com.amazonaws.services.dynamodbv2.local.main.ServerRunner", "Class-Path: "+all)
	return writeJar(filepath.Join(in.dir, "DynamoDBLocal.jar"), main, "")
}

// agent is the file, in the DynamoDB part, that keeps it to the loopback address and ends it with its parent. The name is what LocalStack asks for.
const agent = "ddb-local-loader-0.1.jar"

const agentClass = "Loopback"

func fillAgent(ctx context.Context, in installation) error {
	if err := in.write(agentClass+".java", shimJava); err != nil {
		return err
	}
	if err := in.do(ctx, javac.Name, agentClass+".java"); err != nil {
		return err
	}
	return writeJar(filepath.Join(in.dir, agent), manifest("Premain-Class: "+agentClass), filepath.Join(in.dir, agentClass+".class"))
}

// fetch runs a program that downloads. One that fails is run again, since lines and registries fail for moments; it goes on from what it has.
func (in installation) fetch(ctx context.Context, program string, args ...string) error {
	err := in.do(ctx, program, args...)
	if err == nil || !pause(ctx, in.rest) {
		return err
	}
	fmt.Fprintf(in.say, "once more, after %s\n", err)
	return in.do(ctx, program, args...)
}

// do runs a program in the folder to its end; when ctx is done, it is killed with what it started. What it prints is in the error, or forgotten.
// Should this process be killed, the program still holds the lock, and nobody removes the folder under it.
func (in installation) do(ctx context.Context, program string, args ...string) error {
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.ExtraFiles = in.dir, &out, &out, []*os.File{in.lock}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { killGroup(cmd.Process.Pid, syscall.SIGKILL); return nil }
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w\n%s", filepath.Base(program), errors.Join(ctx.Err(), err), lastLines(out.Bytes()))
	}
	return nil
}

func (in installation) write(name, text string) error {
	return os.WriteFile(filepath.Join(in.dir, name), []byte(text), 0o644)
}
