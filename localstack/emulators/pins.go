package emulators

import _ "embed"

// What is installed. A version stands in its file under pins and, for the folder's name, here; both together are the part's identity.
var (
	localstackPart = Part{Name: "localstack", Version: "4.9.2", Pins: localstackPins + shimPython, Needs: []Tool{python}, Fill: fillPython(localstackPins)}
	ministackPart  = Part{Name: "ministack", Version: "1.5.33", Pins: ministackPins + shimPython, Needs: []Tool{python}, Fill: fillPython(ministackPins)}
	dynamodbPart   = Part{Name: "dynamodb", Version: "2.6.1", Pins: dynamodbPins + shimJava, Needs: []Tool{java, javac, maven}, Fill: fillDynamodb}
)

// copyDependencies is the Maven goal that fetches jars, with the plugin's version.
const copyDependencies = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies"

var (
	//go:embed pins/localstack.txt
	localstackPins string
	//go:embed pins/ministack.txt
	ministackPins string
	//go:embed pins/dynamodb.xml
	dynamodbPins string
	//go:embed shims/loopback.py
	shimPython string
	//go:embed shims/Loopback.java
	shimJava string
)
