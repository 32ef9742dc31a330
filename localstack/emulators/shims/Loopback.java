import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;

/**
 * An agent that keeps its Java process to the loopback address and ends it when the process that started it is gone. LocalStack loads an agent of
 * its own into DynamoDB Local, for more indexes than AWS allows; this one stands in its place. DynamoDB Local itself runs as it is: its licence
 * lets nobody change it.
 */
public final class Loopback {
  public static void premain(String ignored, Instrumentation java) {
    ProcessHandle.current().parent().ifPresent(p -> p.onExit().thenRun(() -> Runtime.getRuntime().halt(0)));
    try {
      listenOnLoopback(java);
    } catch (Exception e) { // another Java may keep the address elsewhere
      System.err.println("Loopback: this process will listen on all addresses: " + e);
    }
  }

  /** Makes 127.0.0.1 what Java takes where a program names no address; DynamoDB Local has no option for one. */
  private static void listenOnLoopback(Instrumentation java) throws Exception {
    Set<Module> us = Set.of(Loopback.class.getModule());
    java.redefineModule(InetAddress.class.getModule(), Set.of(), Map.of(), Map.of("java.net", us), Set.of(), Map.of());
    Object addresses = open(InetAddress.class.getDeclaredField("impl")).get(null);
    open(addresses.getClass().getDeclaredField("anyLocalAddress")).set(addresses, InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1}));
  }

  private static Field open(Field field) {
    field.setAccessible(true);
    return field;
  }
}
