package io.evenstep.driver.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

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
        try (InputStream in = JobJar.class.getClassLoader().getResourceAsStream(entry)) {
          if (in == null) {
            throw new AssertionError("Cannot find the class file of " + type);
          }
          add(entry, in, out);
        }
      }
    }
    return jar;
  }

  /**
   * Writes all classes of a package to a jar, including nested ones.
   *
   * @param member of the package, in a folder of class files
   * @throws IOException when it cannot be written
   */
  static Path writePackage(Path jar, Manifest manifest, Class<?> member)
      throws IOException, URISyntaxException {
    Path classes = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    String folder = member.getPackageName().replace('.', '/');
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        DirectoryStream<Path> files =
            Files.newDirectoryStream(classes.resolve(folder), "*.class")) {
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file)) {
          add(folder + "/" + file.getFileName(), in, out);
        }
      }
    }
    return jar;
  }

  private static void add(String entry, InputStream in, JarOutputStream out) throws IOException {
    out.putNextEntry(new JarEntry(entry));
    in.transferTo(out);
    out.closeEntry();
  }
}
