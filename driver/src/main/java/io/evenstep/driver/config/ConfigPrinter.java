package io.evenstep.driver.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings written out: for people, for a later run, and as a digest. */
final class ConfigPrinter {
  private ConfigPrinter() {}

  /** {@code training.batch: 64 # digits.yaml:12}, one line a key, in the catalogue's order. */
  static String describe(Settings settings) {
    StringBuilder lines = new StringBuilder();
    for (Key<?> key : Catalogue.KEYS) {
      lines.append(
          settings
              .setting(key)
              .map(s -> line(key.name() + ": " + Printable.json(s.value()), s.origin().words()))
              .orElseGet(() -> line("# " + key.name() + ":", key.unset())));
    }
    return lines.toString();
  }

  private static String line(String setting, String remark) {
    return String.format("%-48s # %s%n", setting, remark);
  }

  static String json(Settings settings) {
    List<String> entries =
        Catalogue.KEYS.stream()
            .filter(key -> settings.setting(key).isPresent())
            .map(key -> Printable.json(key.name()) + " : " + value(settings, key))
            .toList();
    return "{\n  " + String.join(",\n  ", entries) + "\n}\n";
  }

  static String sha256(Settings settings) {
    Map<String, String> deciding = new TreeMap<>();
    for (Key<?> key : Catalogue.KEYS) {
      if (key.effect() == Key.Effect.RESULT && settings.setting(key).isPresent()) {
        deciding.put(key.name(), value(settings, key));
      }
    }
    for (Key<String> key : List.of(ModelKeys.JSON, ModelKeys.ZIP, ModelKeys.KERAS)) {
      settings.find(key).ifPresent(file -> deciding.put(key.name(), content(file)));
    }
    return digest(Printable.json(deciding).getBytes(StandardCharsets.UTF_8));
  }

  private static String value(Settings settings, Key<?> key) {
    return Printable.json(settings.setting(key).orElseThrow().value());
  }

  /** A network read from a file counts by what the file holds, not by where it lies. */
  private static String content(String file) {
    try {
      return digest(Files.readAllBytes(Path.of(file.replaceFirst("^file:/*", "/"))));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
