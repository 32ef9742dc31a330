package emulators

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// shim is the file, in a Python part, that keeps its program to the loopback address.
const shim = "loopback.py"

// fillPython makes a virtual environment with what a requirements file pins.
func fillPython(pins string) func(context.Context, string) error {
	return func(ctx context.Context, dir string) error {
		requirements := filepath.Join(dir, "requirements.txt")
		if err := write(requirements, pins); err != nil {
			return err
		}
		if err := write(filepath.Join(dir, shim), shimPython); err != nil {
			return err
		}
		if err := do(ctx, python.Name, "-m", "venv", dir); err != nil {
			return err
		}
		return do(ctx, filepath.Join(dir, "bin", "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements)
	}
}

// jars is the folder, in the DynamoDB part, of all that it runs on; LocalStack gives it this name.
const jars = "DynamoDBLocal_lib"

// fillDynamodb makes the folder that LocalStack would download: the jars of DynamoDB Local, one that names them all, and an agent.
func fillDynamodb(ctx context.Context, dir string) error {
	pom, source, class := filepath.Join(dir, "pom.xml"), filepath.Join(dir, "Loopback.java"), filepath.Join(dir, "Loopback.class")
	if err := write(pom, dynamodbPins); err != nil {
		return err
	}
	if err := write(source, shimJava); err != nil {
		return err
	}
	libs := filepath.Join(dir, jars)
	if err := do(ctx, maven.Name, "--quiet", "--batch-mode", "--file", pom, copyDependencies, "-DincludeScope=runtime", "-DoutputDirectory="+libs); err != nil {
		return err
	}
	if err := do(ctx, javac.Name, "-classpath", filepath.Join(libs, "*"), "-d", dir, source); err != nil {
		return err
	}
	for _, name := range []string{"DynamoDBLocal.jar", "ddb-local-loader-0.1.jar"} { // LocalStack asks for the second as agent
		if err := writeJar(filepath.Join(dir, name), class, libs); err != nil {
			return err
		}
	}
	return nil
}

// do runs a program of an installation to its end. What it prints is in the error, or forgotten.
func do(ctx context.Context, program string, args ...string) error {
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w\n%s", filepath.Base(program), err, lastLines(out.Bytes()))
	}
	return nil
}

func write(path, text string) error { return os.WriteFile(path, []byte(text), 0o644) }
