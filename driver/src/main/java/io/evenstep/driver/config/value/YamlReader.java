package io.evenstep.driver.config.value;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads YAML into {@link Node}s with line numbers. Never instantiates classes: tags such as {@code
 * !!java.net.URL} are refused, and so are aliases, second documents and duplicate keys.
 */
public final class YamlReader {
  private static final YAMLFactory YAML = new YAMLFactory();

  /** Far more than any key needs. */
  private static final int MOST_NESTED = 50;

  private final String text;
  private final String file;
  private final Problems problems;
  private final YAMLParser parser;
  private int depth; // of the current value
  private int codePoints; // position in the text, after the last value
  private int chars; // the same position in chars

  private YamlReader(String text, String file, YAMLParser parser, Problems problems) {
    this.text = text;
    this.file = file;
    this.parser = parser;
    this.problems = problems;
  }

  /**
   * Reads one document.
   *
   * @param file name of the file in messages
   * @param problems collects duplicate keys
   * @return an empty mapping for an empty document
   * @throws ConfigException when the text is not YAML, naming the line and the cause
   */
  public static Node read(String text, String file, Problems problems) {
    try (YAMLParser parser = YAML.createParser(text)) {
      YamlReader reader = new YamlReader(text, file, parser, problems);
      if (parser.nextToken() == null) {
        return new Node.Mapping(Map.of(), 1);
      }
      Node root = reader.node("");
      if (parser.nextToken() != null) {
        throw reader.refused("must have one YAML document, got a second");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw malformed(file, e);
    } catch (IOException e) {
      throw new ConfigException("Cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  private Node node(String path) throws IOException {
    if (parser.isCurrentAlias()) {
      throw refused("must not use aliases, got *" + parser.getText());
    }
    if (parser.getTypeId() != null) {
      throw refused("must have plain values, got the tag " + parser.getTypeId());
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT, START_ARRAY -> nested(token, path);
      case VALUE_NULL -> new Node.Scalar("", Node.Style.NOTHING, line());
      case VALUE_STRING -> new Node.Scalar(parser.getText(), style(), line());
      default -> new Node.Scalar(parser.getText(), Node.Style.PLAIN, line());
    };
  }

  private Node nested(JsonToken token, String path) throws IOException {
    if (depth == MOST_NESTED) {
      throw refused("must not be nested more than " + MOST_NESTED + " levels deep");
    }
    depth++;
    Node node = token == JsonToken.START_OBJECT ? mapping(path) : sequence(path);
    depth--;
    return node;
  }

  /** Jackson does not report quotes, so they are looked up in the text where the value begins. */
  private Node.Style style() {
    int begin = (int) parser.currentTokenLocation().getCharOffset(); // in code points
    while (codePoints < begin && chars < text.length()) {
      chars += Character.charCount(text.codePointAt(chars));
      codePoints++;
    }
    boolean quoted = chars < text.length() && "\"'|>".indexOf(text.charAt(chars)) >= 0;
    return quoted ? Node.Style.QUOTED : Node.Style.PLAIN;
  }

  private Node mapping(String path) throws IOException {
    int line = line();
    Map<String, Node> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.getText();
      String key = path.isEmpty() ? name : path + "." + name;
      int nameLine = line();
      parser.nextToken();
      Node value = node(key);
      Node first = entries.putIfAbsent(name, value);
      if (first != null) {
        String rule = "must be given once, but is on lines " + first.line() + " and " + nameLine;
        problems.add(key, rule, value.text());
      }
    }
    return new Node.Mapping(entries, line);
  }

  private Node sequence(String path) throws IOException {
    int line = line();
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(path + "[" + items.size() + "]"));
    }
    return new Node.Sequence(items, line);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private ConfigException refused(String rule) {
    return new ConfigException("Cannot read " + file + ": line " + line() + " " + rule);
  }

  private static ConfigException malformed(String file, JsonProcessingException e) {
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    String what = e.getOriginalMessage().lines().findFirst().orElse("it is not YAML");
    if (e.getCause() instanceof MarkedYAMLException cause && cause.getProblemMark() != null) {
      line = cause.getProblemMark().getLine() + 1;
      what = cause.getProblem();
    }
    return new ConfigException("Cannot read " + file + ": line " + line + ": " + what, e);
  }
}
