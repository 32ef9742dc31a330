/**
 * An agent that ends its Java process when the process that started it is gone. LocalStack loads an agent of its own into DynamoDB Local, for
 * more indexes than AWS allows; this one stands in its place. DynamoDB Local itself runs as it is: its licence lets nobody change it.
 */
public final class EndWithParent {
  public static void premain(String ignored) {
    ProcessHandle.current().parent().ifPresent(p -> p.onExit().thenRun(() -> Runtime.getRuntime().halt(0)));
  }
}
