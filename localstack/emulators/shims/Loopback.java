import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Runs DynamoDB Local on the loopback address only (it has no option for that and would listen on all), and ends it when the process that
 * started it is gone. LocalStack also loads an agent into DynamoDB Local, for more indexes than AWS allows; the empty one here stands in its place.
 */
public final class Loopback {
  public static void premain(String ignored) {}

  public static void main(String[] args) throws Exception {
    ProcessHandle.current().parent().ifPresent(p -> p.onExit().thenRun(() -> Runtime.getRuntime().halt(0)));
    var proxy = ServerRunner.createServerFromCommandLineArgs(args);
    var server = proxy.getClass().getDeclaredField("server");
    server.setAccessible(true);
    ((ServerConnector) ((Server) server.get(proxy)).getConnectors()[0]).setHost("127.0.0.1");
    proxy.start();
  }
}
