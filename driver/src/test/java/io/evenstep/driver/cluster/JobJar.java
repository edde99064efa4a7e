package io.evenstep.driver.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Puts classes of the tests into a jar that can be submitted. */
public final class JobJar {
  private JobJar() {}

  /**
   * Writes the classes to a jar; classes nested in them are not followed.
   *
   * @throws IOException when it cannot be written
   */
  public static Path write(Path jar, Class<?>... classes) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type : classes) {
        String entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream in = JobJar.class.getClassLoader().getResourceAsStream(entry)) {
          if (in == null) {
            throw new AssertionError("Cannot find the class file of " + type);
          }
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
    return jar;
  }
}
