package io.evenstep.model;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The environment as native libraries of this process read it: C's {@code environ}. What is set
 * here is seen by libraries that load afterwards; Java's own copy, which it hands on to processes
 * that it starts, stays as it is.
 */
final class NativeEnvironment {
  private NativeEnvironment() {}

  /** The value of a variable. */
  static Optional<String> value(String name) {
    PointerPointer<Pointer> entries = entries();
    for (long i = 0; entries.get(i) != null; i++) {
      String entry = new BytePointer(entries.get(i)).getString(StandardCharsets.UTF_8);
      if (entry.startsWith(name + "=")) {
        return Optional.of(entry.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  /** Sets a variable that is not there; one that is stays as it is. */
  static synchronized void setUnlessSet(String name, String value) {
    if (value(name).isPresent()) {
      return;
    }
    PointerPointer<Pointer> entries = entries();
    long count = 0;
    while (entries.get(count) != null) {
      count++;
    }
    PointerPointer<Pointer> longer = new PointerPointer<>(count + 2);
    for (long i = 0; i < count; i++) {
      longer.put(i, entries.get(i));
    }
    BytePointer added = new BytePointer(name + "=" + value, StandardCharsets.UTF_8);
    longer.put(count, added);
    longer.put(count + 1, (Pointer) null);
    added.deallocate(false); // [both are the process's from now on]
    longer.deallocate(false);
    environ().put(0, longer);
  }

  private static PointerPointer<Pointer> environ() {
    Loader.load(Pointer.class);
    return new PointerPointer<>(Loader.addressof("environ"));
  }

  private static PointerPointer<Pointer> entries() {
    return new PointerPointer<>(environ().get(0));
  }
}
