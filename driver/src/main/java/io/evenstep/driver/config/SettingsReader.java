package io.evenstep.driver.config;

import io.evenstep.driver.config.key.KeyCatalogue;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.NearestKey;
import io.evenstep.driver.config.value.Node;
import io.evenstep.driver.config.value.Origin;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.config.value.YamlReader;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Merges overrides, job file and defaults, and reads each value by its key. */
final class SettingsReader {
  private final String file;
  private final Problems problems;
  private final Map<String, Found> found = new LinkedHashMap<>();

  SettingsReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  private record Found(Node node, Origin origin) {}

  /**
   * Reads all settings.
   *
   * @param text the job file's content
   * @throws ConfigException when it is not YAML; all other errors go to the problems
   */
  Settings read(String text, Overrides overrides) {
    Node root = YamlReader.read(text, file, problems);
    if (!(root instanceof Node.Mapping)) {
      throw new ConfigException(
          "Cannot read " + file + ": must hold keys and values, got " + root.text());
    }
    addFile("", root);
    overrides
        .sparkSettings()
        .forEach(
            (key, value) ->
                addText(key, value, new Origin(Origin.Kind.SPARK, Overrides.SPARK_PREFIX + key)));
    overrides
        .sets()
        .forEach((key, value) -> addText(key, value, new Origin(Origin.Kind.SET, "--set")));
    return typed();
  }

  private void addFile(String name, Node node) {
    Optional<Key<?>> key = KeyCatalogue.find(name);
    if (key.isPresent()) {
      putOnce(name, node);
    } else if (node instanceof Node.Mapping mapping) {
      mapping.entries().forEach((part, value) -> addFile(join(name, part), value));
    } else if (KeyCatalogue.isSection(name)) {
      if (!(node instanceof Node.Scalar scalar && scalar.isNothing())) {
        problems.add(name, "must be a section with keys", node.text());
      }
    } else if (KeyCatalogue.findOpen(name).isPresent()) {
      putOpen(name, node, Origin.file(file, node.line()));
    } else {
      problems.add(name, NearestKey.rule(name, KeyCatalogue.NAMES), node.text());
    }
  }

  private void putOnce(String name, Node node) {
    Found first = found.putIfAbsent(name, new Found(node, Origin.file(file, node.line())));
    if (first != null) {
      String lines = first.node().line() + " and " + node.line();
      problems.add(name, "must be given once, but is on lines " + lines, node.text());
    }
  }

  private void addText(String name, String text, Origin origin) {
    Optional<Key<?>> key = KeyCatalogue.find(name);
    if (key.isPresent()) {
      found.put(name, new Found(key.get().type().parse(name, text, problems), origin));
    } else if (KeyCatalogue.findOpen(name).isPresent()) {
      putOpen(name, Node.Scalar.of(text), origin);
    } else if (KeyCatalogue.isSection(name)) {
      problems.add(name, "must be a key, not a section of keys", text);
    } else {
      problems.add(name, NearestKey.rule(name, KeyCatalogue.NAMES), text);
    }
  }

  private void putOpen(String name, Node node, Origin origin) {
    String key = KeyCatalogue.findOpen(name).orElseThrow().name();
    Map<String, Node> entries = new LinkedHashMap<>();
    Found before = found.get(key);
    if (before != null && before.node() instanceof Node.Mapping mapping) {
      entries.putAll(mapping.entries());
    }
    entries.put(name.substring(key.length() + 1), node);
    found.put(key, new Found(new Node.Mapping(entries, node.line()), origin));
  }

  private Settings typed() {
    Map<String, Settings.Setting> settings = new LinkedHashMap<>();
    for (Key<?> key : KeyCatalogue.KEYS) {
      setting(key).ifPresent(setting -> settings.put(key.name(), setting));
    }
    return new Settings(settings);
  }

  private Optional<Settings.Setting> setting(Key<?> key) {
    Found given = found.get(key.name());
    if (given != null) {
      return key.read(given.node(), problems)
          .map(value -> new Settings.Setting(value, given.origin()));
    }
    if (key.isRequired()) {
      problems.add(key.name(), "must be given: " + key.type().words(), "nothing");
    }
    return key.standard().map(value -> new Settings.Setting(value, Origin.DEFAULT));
  }

  private static String join(String section, String name) {
    return section.isEmpty() ? name : section + "." + name;
  }

  /** The text of a job file. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new ConfigException("Cannot read job file " + file + ": it is not UTF-8 text", e);
    } catch (IOException e) {
      throw new ConfigException("Cannot read job file " + file + ": " + Reason.of(e), e);
    }
  }
}
