package io.evenstep.model;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The environment as native libraries of this process read it: C's {@code environ}. Libraries that
 * load later see what is set here. Java's own copy, which child processes inherit, does not change.
 */
final class NativeEnvironment {
  private NativeEnvironment() {}

  /**
   * The value of a variable; empty when it is not set, or when the system has no {@code environ}.
   */
  static Optional<String> value(String name) {
    return environ().flatMap(environ -> value(name, entries(environ)));
  }

  private static Optional<String> value(String name, PointerPointer<Pointer> entries) {
    for (long i = 0; entries.get(i) != null; i++) {
      String entry = new BytePointer(entries.get(i)).getString(StandardCharsets.UTF_8);
      if (entry.startsWith(name + "=")) {
        return Optional.of(entry.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  /** Sets a variable unless it is set already. */
  static synchronized void setUnlessSet(String name, String value) {
    if (value(name).isEmpty()) {
      environ().ifPresent(environ -> environ.put(0, longer(entries(environ), name + "=" + value)));
    }
  }

  /** Gives the process a list with one more entry. */
  private static PointerPointer<Pointer> longer(PointerPointer<Pointer> entries, String entry) {
    long count = 0;
    while (entries.get(count) != null) {
      count++;
    }
    PointerPointer<Pointer> longer = new PointerPointer<>(count + 2);
    for (long i = 0; i < count; i++) {
      longer.put(i, entries.get(i));
    }
    BytePointer added = new BytePointer(entry, StandardCharsets.UTF_8);
    longer.put(count, added);
    longer.put(count + 1, (Pointer) null);
    added.deallocate(false); // no longer freed together with the Java objects
    longer.deallocate(false);
    return longer;
  }

  private static Optional<PointerPointer<Pointer>> environ() {
    Loader.load(Pointer.class);
    return Optional.ofNullable(Loader.addressof("environ")).map(PointerPointer::new);
  }

  private static PointerPointer<Pointer> entries(PointerPointer<Pointer> environ) {
    return new PointerPointer<>(environ.get(0));
  }
}
